using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A program of the user's own that has a say in a checkpoint: it gets the images directory and the container's name, no shell is between, and what it
/// writes goes to standard error.</summary>
internal static class CommitProgram
{
    private const int StandardOutput = 1, StandardError = 2;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

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
        using var process = ProcessHandle.Open(pid);
        var isOver = false;
        for (var deadline = Deadline.After(patience); !isOver && !deadline.IsOver && !cancellation.IsCancellationRequested;)
            isOver = process.WaitForExit(Interval < deadline.Left ? Interval : deadline.Left);
        if (!isOver)
            process.SendSignal(Signal.Kill);
        var end = ChildProcess.Wait(pid);
        // What it said in the last moment counts.
        return !isOver && end.Signal == Signal.Kill ? $"did not answer within {patience.TotalSeconds:0.#} s" : end.Succeeded ? null : $"said no ({end})";
    }

    private static Dictionary<string, string> Variables()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            all[(string)entry.Key] = (string?)entry.Value ?? "";
        return all;
    }
}
