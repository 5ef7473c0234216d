namespace LxcNative.Orchestrator.Locking;

/// <summary>A lock that was found in a network namespace.</summary>
/// <param name="Method">What it is made of.</param>
/// <param name="Tables">Its tables, as nft or iptables names them.</param>
/// <param name="OwnerPortId">The port id of the netlink socket that owns its tables; null for a lock that stays without one, that is not made of nf_tables, or
/// whose tables were not looked at: <see cref="EndsWithHolder"/> tells whether it stays.</param>
/// <param name="Holder">Who made it.</param>
public sealed record NetworkLockInfo(NetworkLockMethod Method, IReadOnlyList<string> Tables, uint? OwnerPortId, string? Holder)
{
    /// <summary>Whether it ends with its holder.</summary>
    public bool EndsWithHolder { get; init; }

    /// <inheritdoc />
    public override string ToString()
    {
        var holder = Holder ?? "an unknown process";
        var tables = string.Join(", ", Tables);
        return EndsWithHolder ? $"held by {holder} ({tables})" : $"put there by {holder}, which need not run any more ({tables})";
    }
}
