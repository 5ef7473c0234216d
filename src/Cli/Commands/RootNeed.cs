using LxcNative.Native.Errors;

namespace LxcNative.Cli.Commands;

/// <summary>Tells somebody who is not root that this is why something failed: the kernel's own words name a file, and not what to do.</summary>
internal static class RootNeed
{
    private const string Advice = "run it with sudo";

    /// <summary>What is to be told of a failure; null where it has another reason.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="isRoot">Whether the caller is root.</param>
    public static string? Of(Exception failure, bool isRoot)
    {
        if (isRoot || !Chain(failure).Any(IsDenied))
            return null;
        return failure.Message.Contains(Advice, StringComparison.Ordinal)
            ? failure.Message
            : $"{failure.Message.TrimEnd('.')}: this needs root, {Advice}";
    }

    private static bool IsDenied(Exception one) => one is UnauthorizedAccessException or LinuxException { Errno: Errno.EACCES or Errno.EPERM };

    private static IEnumerable<Exception> Chain(Exception? one)
    {
        for (; one is not null; one = one.InnerException)
            yield return one;
    }
}
