using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>One thing that criu refuses or loses, told from a snapshot and the options alone: a rule reads nothing and changes nothing.</summary>
internal abstract class PreflightRule(RuleDescription description) : DescribedRule(description)
{
    /// <summary>Finds it.</summary>
    public abstract IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options);

    /// <summary>A finding about a process.</summary>
    protected Finding Found(ObservedProcess process, string what, string? criuMessage = null, FindingSeverity? severity = null) =>
        Found($"{process.Describe()}: {what}", criuMessage, severity) with { Pid = process.Pid };

    /// <summary>A finding about something that a process has open.</summary>
    protected Finding Found(ObservedFile file, string what, string? criuMessage = null, FindingSeverity? severity = null) =>
        Found($"{file.Describe()}: {what}", criuMessage, severity) with { Pid = file.Process.Pid, Descriptor = file.Number >= 0 ? file.Number : null };
}
