using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Network device that criu does not know.</summary>
internal sealed class UnsupportedLink() : PreflightRule(new RuleDescription
{
    Id = "LXN080",
    Title = "Network device that criu does not know",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Kinds of the devices in the container’s network namespaces (rtnetlink)",
    Why = "criu makes loopback, veth, tun/tap, bridge, macvlan and sit devices again, and no others: VLANs, bonds, dummy, WireGuard, VXLAN and moved physical devices it does not.",
    Remedy = "Remove the device from the container, or put it on the host and connect the container by veth.",
    CriuMessage = "Unsupported link N (type N kind KIND)",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(PreflightSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Networks.SelectMany(network => network.Links).Where(link => !IsKnown(link))
            .Select(link => Found($"device {link.Name} ({link.Kind ?? "physical"})",
                link.Kind is null ? "No linkinfo for eth link" : $"Unsupported link {link.Index} (type {link.Type} kind {link.Kind})"));

    private const int Ethernet = 1, Loopback = 772, None = 65534, Sit = 776, Gre = 778;

    // The fallback devices that the kernel puts into every namespace are passed over.
    private static bool IsKnown(ObservedLink link) => link.Type switch
    {
        Loopback => true,
        Ethernet => link.Kind is "veth" or "tun" or "bridge" or "macvlan" || link.Name == "gretap0",
        None => link.Kind == "tun",
        Sit => link.Kind == "sit",
        Gre => link.Name == "gre0",
        _ => false,
    };
}
