using System.IO.Pipes;
using System.Text.Json;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Restores;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>The monitor: a process that restores a container on its main thread and stays its parent until it ends.</summary>
/// <remarks>LXC's init has a parent-death signal, which the kernel ties to the <i>thread</i> that is its parent: it would be killed when a
/// pool thread went away.</remarks>
public static class ContainerMonitor
{
    /// <summary>The first argument that makes a program a monitor.</summary>
    public const string Argument = "monitor";

    private const int RequestDescriptor = 3;
    private const int ReplyDescriptor = 4;

    /// <summary>Whether this program said, by calling <see cref="RunIfAsked"/>, that it can become a monitor.</summary>
    internal static bool ThisProgramOffers { get; private set; }

    /// <summary>Becomes a monitor if the arguments ask for it. To be called first thing in <c>Main</c>, on the main thread.</summary>
    /// <param name="arguments">Main's.</param>
    /// <param name="exitCode">What Main shall return when this returns true.</param>
    /// <returns>Whether the program was a monitor, which has ended now.</returns>
    public static bool RunIfAsked(ReadOnlySpan<string> arguments, out int exitCode)
    {
        ThisProgramOffers = true;
        exitCode = 0;
        if (arguments.Length != 1 || arguments[0] != Argument)
            return false;
        exitCode = Run();
        return true;
    }

    /// <summary>Starts the program as a monitor, hands it the request, and waits for its answer.</summary>
    /// <returns>The answer and the monitor's pid.</returns>
    /// <exception cref="RestoreFailedException">The monitor ended without an answer.</exception>
    internal static (MonitorReply Reply, int MonitorPid) Start(IReadOnlyList<string> program, MonitorRequest request)
    {
        using var asking = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        using var answering = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        var pid = Spawn.Start(new SpawnRequest
        {
            Path = program[0],
            Arguments = [.. program, Argument],
            Environment = CurrentEnvironment(),
            Descriptors = new Dictionary<int, FileDescriptor>
            {
                [RequestDescriptor] = ChildEnd(asking),
                [ReplyDescriptor] = ChildEnd(answering),
            },
            NewSession = true,
        });
        // The monitor alone holds the other ends now: its death, too, is an end of the answer.
        asking.DisposeLocalCopyOfClientHandle();
        answering.DisposeLocalCopyOfClientHandle();
        JsonSerializer.Serialize(asking, request, OrchestratorJson.Default.MonitorRequest);
        asking.Dispose();
        using var text = new MemoryStream();
        answering.CopyTo(text);
        if (text.Length > 0)
            return (JsonSerializer.Deserialize(text.ToArray(), OrchestratorJson.Default.MonitorReply)!, pid);
        var end = ChildProcess.Wait(pid);
        throw new RestoreFailedException($"the monitor process {pid} ended without an answer ({end}); what it had made may be left: look for host veth devices and cgroups of {request.Name}", false);
    }

    private static int Run()
    {
        CurrentProcess.SetName("lxcnative");
        MonitorRequest request;
        using (var stream = Stream(RequestDescriptor, FileAccess.Read))
            request = JsonSerializer.Deserialize(stream, OrchestratorJson.Default.MonitorRequest)!;
        using var signals = new MonitorSignals();
        using var runner = new RestoreRunner(request);
        var reply = runner.Run();
        // From here on the asker goes its own way: closing the pipe is the end of the answer.
        using (var stream = Stream(ReplyDescriptor, FileAccess.Write))
            JsonSerializer.Serialize(stream, reply, OrchestratorJson.Default.MonitorReply);
        if (reply.Error is not null)
            return 1;
        if (!request.Detached)
            runner.Supervise(signals);
        return 0;
    }

    private static FileDescriptor ChildEnd(AnonymousPipeServerStream pipe) =>
        new((int)pipe.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false);

    private static FileStream Stream(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);

    private static Dictionary<string, string> CurrentEnvironment()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            all[(string)entry.Key] = (string?)entry.Value ?? "";
        return all;
    }
}
