namespace LxcNative.Native.Errors;

/// <summary>Something that Linux refused: the base of every exception of this library that carries an errno.</summary>
/// <remarks>Three kinds are told apart by type: a system call that failed (<see cref="SyscallException"/>), a kernel that answered a
/// request with an error (NetlinkException), and criu or libcriu (CriuException). Malformed bytes carry no errno and are of another tree.</remarks>
public abstract class LinuxException : Exception
{
    /// <summary>Makes the exception.</summary>
    protected LinuxException(string message, Errno errno, Exception? inner = null)
        : base(message, inner) => Errno = errno;

    /// <summary>The errno of the refusal; <see cref="Errno.None"/> where there was none.</summary>
    public Errno Errno { get; }

    /// <summary>Whether the same operation may succeed when it is made again.</summary>
    public virtual bool IsTransient => Errno.IsTransient;
}
