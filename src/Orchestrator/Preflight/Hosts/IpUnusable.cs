namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>ip is missing or too old.</summary>
internal sealed class IpUnusable() : HostRule(new RuleDescription
{
    Id = "LXN110",
    Title = "ip is missing or too old",
    Severity = FindingSeverity.Blocks,
    SeenBy = "PATH or CR_IP_TOOL; the version among the program’s constants, which is not executed",
    Why = "criu runs it to dump a network namespace (ip addr save, ip route save: iproute2 3.6.0 or newer), where the network is not captured natively. "
        + "BusyBox’s ip cannot do it.",
    Remedy = "Install iproute2, or name one with CR_IP_TOOL.",
    CriuMessage = "IP tool failed on addr save",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host)
    {
        if (host.Ip.Path is null)
            yield return Found("there is no ip in PATH");
        else if (host.Ip.IsBusyBox)
            yield return Found($"{host.Ip.Path} is BusyBox’s");
        else if (host.Ip.Version < new Version(3, 6, 0))
            yield return Found($"{host.Ip.Path} is of version {host.Ip.Version}");
    }
}
