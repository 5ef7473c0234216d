using LxcNative.Native.Cgroups;

namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>No cgroup hierarchy is mounted.</summary>
internal sealed class NoCgroups() : HostRule(new RuleDescription
{
    Id = "LXN107",
    Title = "No cgroup hierarchy is mounted",
    Severity = FindingSeverity.LosesSomething,
    SeenBy = "/proc/self/mountinfo",
    Why = "Limits and the place in the hierarchy are neither dumped nor restored, and LXC does not start.",
    Remedy = "Mount one: mount -t cgroup2 none /sys/fs/cgroup.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.Cgroups == CgroupLayout.None ? [Found("neither cgroup nor cgroup2 is mounted")] : [];
}
