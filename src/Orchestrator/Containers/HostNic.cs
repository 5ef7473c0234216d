namespace LxcNative.Orchestrator.Containers;

/// <summary>The host's end of a container's veth pair.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Its index.</param>
/// <param name="Address">The MAC; LXC gives it the high byte fe, so that a bridge does not take it for its own.</param>
/// <param name="Mtu">In bytes.</param>
/// <param name="IsUp">Whether it is administratively up.</param>
/// <param name="TxQueues">Number of transmit queues.</param>
/// <param name="RxQueues">Number of receive queues.</param>
/// <param name="TxQueueLength">Length of the transmit queue, in packets.</param>
/// <param name="Group">The group it belongs to.</param>
/// <param name="Alias">Its description, or null.</param>
/// <param name="Bridge">The bridge it is a port of, or null.</param>
/// <param name="BridgeKind">The kind of that bridge's device (bridge, openvswitch, ...), or null.</param>
public sealed record HostNic(
    string Name, int Index, string Address, int Mtu, bool IsUp, int TxQueues, int RxQueues, int TxQueueLength, int Group, string? Alias,
    string? Bridge, string? BridgeKind);
