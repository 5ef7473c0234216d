using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>What can stand in the way of the host's ends.</summary>
internal static class HostEndRules
{
    public static readonly RuleDescription NameTaken = new()
    {
        Id = "LXN205",
        Title = "The name of a host end is taken",
        Severity = FindingSeverity.BlocksRestore,
        SeenBy = "The devices of this host (rtnetlink)",
        Why = "The host’s end of the container’s link comes back under the name that it had, and another device has it.",
        Remedy = "Remove that device, or choose another name for the host end (--veth-pair INSIDE=NAME).",
    };

    public static readonly RuleDescription BridgeMissing = new()
    {
        Id = "LXN206",
        Title = "A bridge is missing",
        Severity = FindingSeverity.BlocksRestore,
        SeenBy = "The devices of this host (rtnetlink)",
        Why = "The host’s end of the container’s link was a port of a bridge that is not there: the container would be cut off.",
        Remedy = "Make the bridge (ip link add NAME type bridge), or choose another (--veth-pair INSIDE=NAME@BRIDGE).",
    };
}
