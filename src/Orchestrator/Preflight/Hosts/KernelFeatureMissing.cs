namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>The kernel lacks a feature.</summary>
internal sealed class KernelFeatureMissing() : HostRule(new RuleDescription
{
    Id = "LXN104",
    Title = "The kernel lacks a feature",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Trying each: /proc/PID/task/TID/children, map_files, kcmp, namespaces",
    Why = "criu cannot work without it.",
    Remedy = "Use a kernel with CONFIG_CHECKPOINT_RESTORE (every distribution’s has it).",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.MissingKernelFeatures.Select(missing => Found($"{missing.Feature}, for {missing.Purpose}"));
}
