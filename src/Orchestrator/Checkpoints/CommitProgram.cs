using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A program of the user's own that has a say in a checkpoint: it gets the images directory and the container's name, no shell is between, and what it
/// writes goes to standard error.</summary>
internal static class CommitProgram
{
    private const int StandardOutput = 1, StandardError = 2;

    /// <summary>Runs it, and ends it when its time is over, or nobody needs its answer any more.</summary>
    /// <returns>Why it said no; null where it ended with 0.</returns>
    /// <exception cref="Native.Errors.SyscallException">It cannot be started.</exception>
    public static string? Ask(string program, CommitRequest request, TimeSpan patience, CancellationToken cancellation)
    {
        using var error = new FileDescriptor(StandardError, ownsHandle: false);
        var pid = Spawn.Start(new SpawnRequest
        {
            Path = Path.GetFullPath(program),
            Arguments = [program, request.ImagesDir, request.Name],
            Environment = Variables(),
            Descriptors = new Dictionary<int, FileDescriptor> { [StandardOutput] = error, [StandardError] = error },
            NewSession = true,
        });
        var end = ChildProcess.WaitOrKill(pid, patience, cancellation);
        return end is null ? $"did not answer within {patience.TotalSeconds:0.#} s" : end.Value.Succeeded ? null : $"said no ({end})";
    }

    private static Dictionary<string, string> Variables()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            all[(string)entry.Key] = (string?)entry.Value ?? "";
        return all;
    }
}
