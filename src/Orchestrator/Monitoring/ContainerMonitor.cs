using System.Text.Json;
using LxcNative.Native.Processes;
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

    private static int Run()
    {
        CurrentProcess.SetName("lxcnative");
        using var empty = EmptyNetwork.Begin();
        if (ReadRequest() is not { } request)
            return 0;
        using var signals = new MonitorSignals();
        using var runner = new RestoreRunner(request, empty);
        var reply = runner.Run();
        // From here on the asker goes its own way: closing the pipe is the end of the answer.
        using (var stream = Stream(StartedMonitor.ReplyDescriptor, FileAccess.Write))
            JsonSerializer.Serialize(stream, reply, OrchestratorJson.Default.MonitorReply);
        if (reply.Error is not null)
            return 1;
        runner.Release();
        empty.Dispose();
        if (!request.Detached)
            runner.Supervise(signals);
        return 0;
    }

    // Nothing is asked where the asker found, after it had started this process, that there is nothing to do.
    private static MonitorRequest? ReadRequest()
    {
        using var stream = Stream(StartedMonitor.RequestDescriptor, FileAccess.Read);
        using var text = new MemoryStream();
        stream.CopyTo(text);
        return text.Length == 0 ? null : JsonSerializer.Deserialize(text.ToArray(), OrchestratorJson.Default.MonitorRequest);
    }

    private static FileStream Stream(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);
}
