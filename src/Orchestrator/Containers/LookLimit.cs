using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Containers;

/// <summary>The time that a look into a container may take. What is in a container decides how long the kernel takes to tell of it: a file system whose server
/// does not answer lets whoever asks wait for ever.</summary>
internal static class LookLimit
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Looks, on a thread of its own; one that does not come back is left to the kernel, and goes with the process.</summary>
    /// <param name="what">What is looked at, for the refusal.</param>
    /// <param name="look">The look.</param>
    /// <exception cref="RefusedException">It took longer.</exception>
    public static T Run<T>(string what, Func<T> look) => Run(what, look, Longest);

    /// <summary>The same with a time of its own.</summary>
    /// <inheritdoc cref="Run{T}(string, Func{T})" path="/exception" />
    internal static T Run<T>(string what, Func<T> look, TimeSpan longest)
    {
        var looking = OwnThread.Run(look, CancellationToken.None);
        if (Task.WaitAny([looking], longest) == -1)
        {
            throw new RefusedException($"looking at {what} did not come to an end in {longest.TotalSeconds:0} s: something in it does not answer, most likely "
                + "a file system whose server is stopped (FUSE, NFS). Nothing was changed. Look for it in /proc/mounts in the container, and unmount it");
        }

        return looking.GetAwaiter().GetResult();
    }
}
