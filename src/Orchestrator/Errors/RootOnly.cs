using LxcNative.Native.Processes;

namespace LxcNative.Orchestrator.Errors;

/// <summary>What root alone may do.</summary>
internal static class RootOnly
{
    /// <summary>Refuses it to others.</summary>
    /// <param name="what">What is done, in words.</param>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static void Require(string what)
    {
        if (CurrentProcess.EffectiveUserId != 0)
            throw new UnauthorizedAccessException($"{what} needs root: run it with sudo");
    }
}
