using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Comparisons;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Compares what has come back with what its checkpoint says, when all of it is there and nothing has run.</summary>
internal sealed class RestoreVerification
{
    private const int Most = 20;
    private readonly bool _isStrict;
    private readonly string _directory;
    private readonly Facts _before;
    private readonly List<LinkUndo> _hostEnds;
    private readonly FileDescriptor _hostMounts, _hostNetwork;
    private readonly List<string> _troubles = [];
    private bool _isEnded;

    private RestoreVerification(RestorePlan plan, FileDescriptor hostMounts, FileDescriptor hostNetwork)
    {
        (_isStrict, _directory, _hostMounts, _hostNetwork) = (plan.Strict, plan.ImagesDirectory, hostMounts, hostNetwork);
        _hostEnds = [.. new HostEndsPart().Read(plan.States).Ends.Select(end => new LinkUndo(end.Host.Name))];
        _before = CheckpointFacts.Read(_directory);
    }

    /// <summary>What is not as it was; null where it could not be found out, or was not yet.</summary>
    public ComparisonReport? Report { get; private set; }

    /// <summary>Why it could not be compared, in words.</summary>
    public IReadOnlyList<string> Troubles => _troubles;

    /// <summary>Reads what the checkpoint says.</summary>
    /// <param name="plan">What is restored.</param>
    /// <param name="hostMounts">The host's mount namespace; stays the caller's.</param>
    /// <param name="hostNetwork">The host's network namespace; stays the caller's.</param>
    /// <returns>Null where nothing is to be compared.</returns>
    /// <exception cref="RefusedException">The images are damaged.</exception>
    public static RestoreVerification? Prepare(RestorePlan plan, FileDescriptor hostMounts, FileDescriptor hostNetwork) =>
        plan.Verify || plan.Strict ? new RestoreVerification(plan, hostMounts, hostNetwork) : null;

    /// <summary>Compares. Where it has to be as it was and is not, its init is killed: none of its tasks has run.</summary>
    /// <param name="init">Its init.</param>
    /// <param name="complete">Takes away what was only for making it.</param>
    /// <returns>Whether it may run.</returns>
    public bool Run(int init, Action complete)
    {
        // Whatever goes wrong here, criu would let it run.
        Attempt.RunForeign(_troubles, "not all is as it will be", complete);
        Attempt.RunForeign(_troubles, "what has come back cannot be compared with its checkpoint", () => Report = NamespaceThread.Run(
            () => ContainerComparison.Run(_directory, _before, ContainerReference.FromPid(init)), _hostMounts, _hostNetwork));
        if (!_isStrict || (_troubles.Count == 0 && Report is { Differences.Count: 0 }))
            return true;
        // Its sockets are not under repair any more: whoever it was connected with would be told of their end.
        Attempt.Run(_troubles, "links of the host could not be removed", () => NamespaceThread.Run(
            () => _hostEnds.ForEach(end => end.Run()), _hostNetwork));
        using var process = ProcessHandle.Open(init);
        process.SendSignal(Signal.Kill);
        _isEnded = true;
        return false;
    }

    /// <summary>Tells that it was not as it was, and so was ended.</summary>
    /// <exception cref="FailedException">It was.</exception>
    public void Require()
    {
        if (!_isEnded)
            return;
        var differences = Report?.Differences ?? [];
        var told = differences.Take(Most).Select(one => $"{one.Area} {one.Item}: {one.Before ?? "none"}, and came back as {one.Now ?? "none"}")
            .Concat(differences.Count > Most ? [$"and {differences.Count - Most} more"] : []).Concat(_troubles);
        throw new FailedException($"it would not be as it was, and was ended before anything of it had run:\n  {string.Join("\n  ", told)}",
            ContainerState.Untouched);
    }
}
