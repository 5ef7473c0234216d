using LxcNative.Netlink.Routing.Links;
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
        Remedy = "Where the container runs (LXN201), stop it: its device goes with it, and removing the device by hand would cut it off. Where another "
            + "container has the device, choose another name for the host end (--veth-pair INSIDE=NAME). Remove it only where nothing has its other end any "
            + "more.",
    };

    public static readonly RuleDescription GivenOnHost = new()
    {
        Id = "LXN213",
        Title = "Addresses and routes of this host",
        Severity = FindingSeverity.Note,
        SeenBy = "The images",
        Why = "The host’s end of the container’s link had them when it was checkpointed, and gets them again: LXC’s router mode and scripts of the "
            + "administrator’s give them. A checkpoint of another host gives this one none of it.",
        Remedy = "Nothing; where the checkpoint is of another host, give the container’s link what it needs here (ip, sysctl).",
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

    /// <summary>A device has the name of a host end: what to do depends on whose it is.</summary>
    /// <param name="device">The device.</param>
    /// <param name="inside">The container's device whose host end it would be.</param>
    public static Finding Taken(Link device, string inside)
    {
        var isOfAContainer = device is { Kind: "veth", LinkNamespaceId: not null };
        var finding = NameTaken.Found($"there is a device {device.Name} on the host already, the name of {inside}'s host end"
            + (isOfAContainer ? "; its other end is in a network namespace that is in use" : ""));
        return finding with
        {
            Remedy = isOfAContainer
                ? $"Do not remove it: whatever has its other end would be cut off. Choose another name for the host end (--veth-pair {inside}=NAME), or stop "
                    + "the container that has it."
                : $"Choose another name for the host end (--veth-pair {inside}=NAME), or remove that device where nothing uses it any more.",
        };
    }

    /// <summary>The same finding where the container itself runs, whose device it is.</summary>
    public static Finding OfTheRunning(Finding taken) => taken with
    {
        Remedy = "Do not remove it: the container that runs would be cut off. It goes by itself when the container is stopped (LXN201).",
    };
}
