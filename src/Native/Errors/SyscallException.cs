using System.Diagnostics.CodeAnalysis;

namespace LxcNative.Native.Errors;

/// <summary>A system call failed. The message reads <c>operation target: ERRNO text (hint)</c>.</summary>
public sealed class SyscallException : LinuxException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="operation">The call, by its name in section 2 of the manual.</param>
    /// <param name="target">What it was made on: paths are quoted, descriptors described.</param>
    /// <param name="errno">What it answered.</param>
    /// <param name="hint">What the reader can do, where that is known.</param>
    public SyscallException(string operation, string target, Errno errno, string? hint = null)
        : base($"{operation} {target}: {errno.Describe()}{(hint is null ? "" : $" ({hint})")}", errno)
    {
        Operation = operation;
        Target = target;
        Hint = hint;
    }

    /// <summary>The call, by its name in section 2 of the manual.</summary>
    public string Operation { get; }

    /// <summary>What the call was made on.</summary>
    public string Target { get; }

    /// <summary>What the reader can do, where that is known.</summary>
    public string? Hint { get; }

    /// <summary>Throws with the errno that the last import left on this thread.</summary>
    [DoesNotReturn]
    public static void ThrowLast(string operation, string target, string? hint = null) =>
        throw new SyscallException(operation, target, Errno.Last, hint);

    /// <summary>Returns <paramref name="result"/>, or throws with the last errno when it is -1.</summary>
    public static int ThrowIfFailed(int result, string operation, string target, string? hint = null)
    {
        if (result == -1)
            ThrowLast(operation, target, hint);
        return result;
    }
}
