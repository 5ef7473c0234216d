namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>criu cannot dump a sleeping child.</summary>
internal sealed class SelfDumpFails() : HostRule(new RuleDescription
{
    Id = "LXN102",
    Title = "criu cannot dump a sleeping child",
    Severity = FindingSeverity.Blocks,
    SeenBy = "A dump of a sleeping child with this criu on this kernel",
    Why = "A criu that fails at this fails at every container: usually it is older than the kernel (3.17 and kernels from 6.13: Unexpected rt vDSO area "
        + "bounds), or a sandbox forbids ptrace.",
    Remedy = "Use a newer criu (eng/setup), on the machine itself.",
    CriuMessage = "vdso: Unexpected rt vDSO area bounds",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.SelfDump is { Succeeded: false } failed
            ? [Found($"criu {host.Criu!.CriuVersion} on Linux {host.Kernel}: {string.Join("; ", failed.Errors.TakeLast(3))}")]
            : [];
}
