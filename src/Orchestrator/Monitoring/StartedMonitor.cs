using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Restores.Rehearsals;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>A monitor process that waits for its request: it starts while the request is still being made up.</summary>
internal sealed class StartedMonitor : IDisposable
{
    private static readonly string[] _kept = ["PATH", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "CR_IP_TOOL"];
    private static readonly string[] _keptPrefixes = ["LXCNATIVE_", "DOTNET_", "CRIU_"];
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);
    private readonly RequestPipes _pipes = new();
    private bool _wasAsked, _isReaped;

    private StartedMonitor(IReadOnlyList<string> program, NamespaceKind namespaces, IReadOnlyDictionary<int, FileDescriptor>? inherited,
        params IEnumerable<string> arguments)
    {
        var request = new SpawnRequest
        {
            Path = program[0],
            Arguments = [.. program, ContainerMonitor.Argument, .. arguments],
            Environment = OwnEnvironment(),
            Descriptors = new Dictionary<int, FileDescriptor>([.. _pipes.ChildEnds, .. inherited ?? Enumerable.Empty<KeyValuePair<int, FileDescriptor>>()]),
            NewSession = true,
            // It stays as long as its container: the caller's directory must not be busy for so long.
            WorkingDirectory = "/",
        };
        Pid = namespaces == NamespaceKind.None ? Spawn.Start(request) : NamespaceThread.RunInNewNamespaces(namespaces, () => Spawn.Start(request));
        _pipes.Started();
    }

    /// <summary>The process.</summary>
    public int Pid { get; }

    /// <summary>Starts it.</summary>
    /// <param name="program">It, with its first arguments.</param>
    /// <param name="inherited">What it inherits besides the pipes, by the number there; stays the caller's. Null for nothing.</param>
    /// <exception cref="Native.Errors.SyscallException">It could not be started.</exception>
    public static StartedMonitor Start(IReadOnlyList<string> program, IReadOnlyDictionary<int, FileDescriptor>? inherited = null) =>
        new(program, NamespaceKind.None, inherited);

    /// <summary>Starts it to rehearse, in namespaces of its own.</summary>
    /// <exception cref="Native.Errors.SyscallException">It could not be started.</exception>
    public static StartedMonitor StartRehearsal(IReadOnlyList<string> program) =>
        new(program, RehearsalHost.Namespaces, null, ContainerMonitor.Rehearses);

    /// <summary>Hands it the request, once, and waits for its answer.</summary>
    /// <exception cref="FailedException">The monitor ended without an answer.</exception>
    public MonitorReply Ask(MonitorRequest request)
    {
        Send(request);
        return Receive(request.Plan.Name);
    }

    /// <summary>Hands it the request, once; <see cref="Tell"/> may follow.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    public void Send(MonitorRequest request)
    {
        _wasAsked = true;
        _pipes.Begin(request, OrchestratorJson.Default.MonitorRequest);
    }

    /// <summary>Tells it what follows from its request.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    public void Tell(MonitorCue cue) => _pipes.Tell(cue);

    /// <summary>Waits until it has prepared what it can.</summary>
    /// <returns>False where it has answered instead, or has ended, or says nothing in that time.</returns>
    public bool AwaitReady(TimeSpan patience) => _pipes.AwaitReady(patience);

    /// <summary>Waits for its answer.</summary>
    /// <param name="name">The container's name.</param>
    /// <exception cref="FailedException">The monitor ended without an answer.</exception>
    public MonitorReply Receive(string name)
    {
        if (_pipes.Receive(OrchestratorJson.Default.MonitorReply) is { } reply)
        {
            // One that could not restore has nothing more to do.
            if (reply.Error is not null)
                ReapSoon();
            return reply;
        }

        var end = Reap();
        throw new FailedException(
            $"the monitor process {Pid} ended without an answer ({end}); what it had made may be left: look for host veth devices and cgroups of "
            + name, ContainerState.NeedsAttention);
    }

    /// <summary>Hands it the request, once, and waits for its answer no longer than that.</summary>
    /// <returns>Null when it did not answer in time, or ended without an answer.</returns>
    public MonitorReply? TryAsk(MonitorRequest request, Deadline deadline)
    {
        _wasAsked = true;
        // A process that does not read is not waited for either: with its end this fails.
        var asking = Task.Run(() => _pipes.Ask(request, OrchestratorJson.Default.MonitorRequest));
        var reply = _pipes.Receive(OrchestratorJson.Default.MonitorReply, deadline);
        return asking.IsFaulted ? null : reply;
    }

    /// <summary>Whether it has answered, or has ended.</summary>
    public bool HasAnswered => _pipes.HasAnswer;

    /// <summary>Tells it that there is nothing to do, and waits until it has taken back what it made; one that does not is ended.</summary>
    /// <param name="patience">How long it may take.</param>
    /// <param name="isSpared">Asked when that is over: whether it is past being told, and goes on.</param>
    /// <returns>What it could not take back, in words; null where it goes on.</returns>
    public IReadOnlyList<string>? Cancel(TimeSpan patience, Func<bool> isSpared)
    {
        if (_isReaped)
            return [];
        TellNothingToDo();
        using (var process = ProcessHandle.Open(Pid))
        {
            if (!process.WaitForExit(patience))
            {
                if (isSpared())
                    return null;
                process.SendSignal(Signal.Kill);
                process.WaitForExit();
            }
        }

        Reap();
        if (!_wasAsked)
            return [];
        return _pipes.Receive(OrchestratorJson.Default.MonitorReply, Deadline.After(TimeSpan.Zero)) is { } reply
            ? [.. reply.Warnings, .. reply.Error is { } error ? [error] : (string[])[]]
            : [];
    }

    /// <summary>Ends it, and reaps it.</summary>
    public void Kill()
    {
        _wasAsked = true;
        if (_isReaped)
            return;
        End();
        Reap();
    }

    /// <summary>Ends it; it is still to be reaped, by whoever waits for its answer.</summary>
    public void End()
    {
        try
        {
            using var process = ProcessHandle.Open(Pid);
            process.SendSignal(Signal.Kill);
        }
        catch (SyscallException)
        {
            // It has ended by itself; or it cannot be reached, and comes to its end when its time is over.
        }
    }

    /// <summary>A monitor that was not asked for anything ends; one that was goes its own way.</summary>
    public void Dispose()
    {
        _pipes.Dispose();
        if (!_wasAsked && !_isReaped)
            Reap();
    }

    private void TellNothingToDo()
    {
        if (!_wasAsked)
        {
            _pipes.Dispose();
            return;
        }

        try
        {
            _pipes.Tell(MonitorCue.Cancel);
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    private void ReapSoon()
    {
        using (var process = ProcessHandle.Open(Pid))
            if (!process.WaitForExit(EndPatience))
                return;
        Reap();
    }

    // Its number may be another's from here on.
    private ChildExit Reap()
    {
        var exit = ChildProcess.Wait(Pid);
        _isReaped = true;
        return exit;
    }

    // What the program itself, its runtime and the search for criu ask for. Anybody's secrets would be in /proc/PID/environ as long as the container runs.
    private static Dictionary<string, string> OwnEnvironment()
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            if (entry is { Key: string key, Value: string value }
                && (_kept.Contains(key) || _keptPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))))
                own[key] = value;
        return own;
    }
}
