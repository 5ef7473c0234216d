namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>Root lacks a capability.</summary>
internal sealed class CapabilityMissing() : HostRule(new RuleDescription
{
    Id = "LXN106",
    Title = "Root lacks a capability",
    Severity = FindingSeverity.Blocks,
    SeenBy = "CapEff in /proc/thread-self/status",
    Why = "Inside a container or sandbox root may be without some of its powers.",
    Remedy = "Run on the host itself.",
})
{
    // Numbers of linux/capability.h.
    private static readonly (int Number, string Name, string Forbids, FindingSeverity Severity)[] Capabilities =
    [
        (1, "DAC_OVERRIDE", "files of other users cannot be dumped", FindingSeverity.Blocks),
        (2, "DAC_READ_SEARCH", "watched files cannot be found by their handles", FindingSeverity.LosesSomething),
        (5, "KILL", "processes of other users cannot be stopped", FindingSeverity.Blocks),
        (12, "NET_ADMIN", "neither the network nor sockets can be dumped", FindingSeverity.Blocks),
        (18, "SYS_CHROOT", "mount namespaces cannot be entered", FindingSeverity.Blocks),
        (19, "SYS_PTRACE", "nothing can be stopped or read", FindingSeverity.Blocks),
        (21, "SYS_ADMIN", "namespaces cannot be entered", FindingSeverity.Blocks),
        (24, "SYS_RESOURCE", "processes of other users, and containers with a user namespace, cannot be dumped (LXN010)", FindingSeverity.Note),
        (27, "MKNOD", "device nodes cannot be restored", FindingSeverity.BlocksRestore),
    ];

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host)
    {
        foreach (var (number, name, forbids, severity) in Capabilities)
        {
            if (host.IsRoot && (host.Capabilities & (1UL << number)) == 0)
                yield return Found($"CAP_{name} is missing: {forbids}", null, severity);
        }
    }
}
