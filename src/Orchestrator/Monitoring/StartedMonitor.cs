using System.IO.Pipes;
using System.Text.Json;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>A monitor process that waits for its request: it starts while the request is still being made up.</summary>
internal sealed class StartedMonitor : IDisposable
{
    /// <summary>Where the process reads its request.</summary>
    public const int RequestDescriptor = 3;

    /// <summary>Where it writes its answer.</summary>
    public const int ReplyDescriptor = 4;

    private readonly AnonymousPipeServerStream _asking = new(PipeDirection.Out, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _answering = new(PipeDirection.In, HandleInheritability.None);
    private bool _wasAsked;

    private StartedMonitor(IReadOnlyList<string> program)
    {
        Pid = Spawn.Start(new SpawnRequest
        {
            Path = program[0],
            Arguments = [.. program, ContainerMonitor.Argument],
            Environment = CurrentEnvironment(),
            Descriptors = new Dictionary<int, FileDescriptor>
            {
                [RequestDescriptor] = ChildEnd(_asking),
                [ReplyDescriptor] = ChildEnd(_answering),
            },
            NewSession = true,
        });
        // The monitor alone holds the other ends now: its death, too, is an end of the answer.
        _asking.DisposeLocalCopyOfClientHandle();
        _answering.DisposeLocalCopyOfClientHandle();
    }

    /// <summary>The process.</summary>
    public int Pid { get; }

    /// <summary>Starts it.</summary>
    /// <exception cref="Native.Errors.SyscallException">It could not be started.</exception>
    public static StartedMonitor Start(IReadOnlyList<string> program) => new(program);

    /// <summary>Hands it the request, once, and waits for its answer.</summary>
    /// <exception cref="RestoreFailedException">The monitor ended without an answer.</exception>
    public MonitorReply Ask(MonitorRequest request)
    {
        _wasAsked = true;
        JsonSerializer.Serialize(_asking, request, OrchestratorJson.Default.MonitorRequest);
        _asking.Dispose();
        using var text = new MemoryStream();
        _answering.CopyTo(text);
        if (text.Length > 0)
            return JsonSerializer.Deserialize(text.ToArray(), OrchestratorJson.Default.MonitorReply)!;
        var end = ChildProcess.Wait(Pid);
        throw new RestoreFailedException($"the monitor process {Pid} ended without an answer ({end}); what it had made may be left: look for host veth devices and cgroups of {request.Name}", false);
    }

    /// <summary>A monitor that was not asked for anything ends; one that was goes its own way.</summary>
    public void Dispose()
    {
        _asking.Dispose();
        _answering.Dispose();
        if (!_wasAsked)
            ChildProcess.Wait(Pid);
    }

    private static FileDescriptor ChildEnd(AnonymousPipeServerStream pipe) =>
        new((int)pipe.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false);

    private static Dictionary<string, string> CurrentEnvironment()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            all[(string)entry.Key] = (string?)entry.Value ?? "";
        return all;
    }
}
