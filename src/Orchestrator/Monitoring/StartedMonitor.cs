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
    private readonly RequestPipes _pipes = new();
    private bool _wasAsked;

    private static IReadOnlyDictionary<int, FileDescriptor> NothingMore => new Dictionary<int, FileDescriptor>();

    private StartedMonitor(IReadOnlyList<string> program, NamespaceKind namespaces, IReadOnlyDictionary<int, FileDescriptor> inherited,
        params IEnumerable<string> arguments)
    {
        var request = new SpawnRequest
        {
            Path = program[0],
            Arguments = [.. program, ContainerMonitor.Argument, .. arguments],
            Environment = OwnEnvironment(),
            Descriptors = new Dictionary<int, FileDescriptor>(_pipes.ChildEnds.Concat(inherited)),
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
    /// <exception cref="Native.Errors.SyscallException">It could not be started.</exception>
    public static StartedMonitor Start(IReadOnlyList<string> program) => new(program, NamespaceKind.None, NothingMore);

    /// <summary>Starts it with more than the pipes.</summary>
    /// <param name="program">It, with its first arguments.</param>
    /// <param name="inherited">What it inherits, by the number there; stays the caller's.</param>
    /// <exception cref="Native.Errors.SyscallException">It could not be started.</exception>
    public static StartedMonitor Start(IReadOnlyList<string> program, IReadOnlyDictionary<int, FileDescriptor> inherited) =>
        new(program, NamespaceKind.None, inherited);

    /// <summary>Starts it to rehearse, in namespaces of its own.</summary>
    /// <exception cref="Native.Errors.SyscallException">It could not be started.</exception>
    public static StartedMonitor StartRehearsal(IReadOnlyList<string> program) =>
        new(program, RehearsalHost.Namespaces, NothingMore, ContainerMonitor.Rehearses);

    /// <summary>Hands it the request, once, and waits for its answer.</summary>
    /// <exception cref="FailedException">The monitor ended without an answer.</exception>
    public MonitorReply Ask(MonitorRequest request)
    {
        Send(request);
        return Receive(request.Plan.Name);
    }

    /// <summary>Hands it the request, once.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    public void Send(MonitorRequest request)
    {
        _wasAsked = true;
        _pipes.Ask(request, OrchestratorJson.Default.MonitorRequest);
    }

    /// <summary>Waits for its answer.</summary>
    /// <param name="name">The container's name.</param>
    /// <exception cref="FailedException">The monitor ended without an answer.</exception>
    public MonitorReply Receive(string name)
    {
        if (_pipes.Receive(OrchestratorJson.Default.MonitorReply) is { } reply)
            return reply;
        var end = ChildProcess.Wait(Pid);
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

    /// <summary>Tells it that nobody waits for an answer any more, and waits until it has taken back what it made; one that does not is ended.</summary>
    /// <param name="patience">How long it may take.</param>
    public void Cancel(TimeSpan patience)
    {
        _wasAsked = true;
        _pipes.Dispose();
        using (var process = ProcessHandle.Open(Pid))
            if (!process.WaitForExit(patience))
                process.SendSignal(Signal.Kill);
        ChildProcess.Wait(Pid);
    }

    /// <summary>Ends it, and reaps it.</summary>
    public void Kill()
    {
        _wasAsked = true;
        using (var process = ProcessHandle.Open(Pid))
            process.SendSignal(Signal.Kill);
        ChildProcess.Wait(Pid);
    }

    /// <summary>A monitor that was not asked for anything ends; one that was goes its own way.</summary>
    public void Dispose()
    {
        _pipes.Dispose();
        if (!_wasAsked)
            ChildProcess.Wait(Pid);
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
