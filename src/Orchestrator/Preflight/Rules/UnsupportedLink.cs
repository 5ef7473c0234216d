using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Network device that nobody makes again.</summary>
internal sealed class UnsupportedLink() : PreflightRule(new RuleDescription
{
    Id = "LXN080",
    Title = "Network device that criu does not know",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Kinds of the devices in the container’s network namespaces (rtnetlink), and what stands in the way of saving its own without criu",
    Why = "A network namespace with nothing but veth, bridge, macvlan, ipvlan, VLAN, dummy, ifb and vrf devices is saved without criu. Where there is "
        + "anything else, in a namespace that a program made inside, or where criu was asked to, criu saves it, and knows loopback, veth, tun/tap, bridge, "
        + "macvlan and sit devices only.",
    Remedy = "Remove the device from the container, or put it on the host and connect the container by veth.",
    CriuMessage = "Unsupported link N (type N kind KIND)",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        from network in snapshot.Networks
        where options.Network == CaptureMode.Criu || network.LeftToCriu.Count > 0
        from link in network.Links
        where !link.IsKnownToCriu
        select Found(
            $"device {link.Name} ({link.Kind ?? "physical"})"
                + (network.LeftToCriu.Count > 0 ? $", and criu has to save it: {string.Join("; ", network.LeftToCriu)}" : ""),
            link.Kind is null ? "No linkinfo for eth link" : $"Unsupported link {link.Index} (type {link.Type} kind {link.Kind})");
}
