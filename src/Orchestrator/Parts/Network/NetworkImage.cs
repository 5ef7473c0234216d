using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>What a network namespace was: the kernel's own messages, kept as they came, so that nothing is lost that this version does not
/// understand. They are judged and taken apart when the namespace is rebuilt.</summary>
internal sealed record NetworkImage
{
    /// <summary>The layout that this version writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The layout.</summary>
    public required int Version { get; init; }

    /// <summary>RTM_NEWLINK of every link.</summary>
    public required IReadOnlyList<byte[]> Links { get; init; }

    /// <summary>RTM_NEWADDR of both families.</summary>
    public required IReadOnlyList<byte[]> Addresses { get; init; }

    /// <summary>RTM_NEWROUTE of both families and all tables.</summary>
    public required IReadOnlyList<byte[]> Routes { get; init; }

    /// <summary>RTM_NEWRULE of both families, in order.</summary>
    public required IReadOnlyList<byte[]> Rules { get; init; }

    /// <summary>RTM_NEWNEIGH: neighbours and proxies.</summary>
    public IReadOnlyList<byte[]> Neighbours { get; init; } = [];

    /// <summary>RTM_NEWNEIGH of family (byte)AddressFamily.Bridge: what bridges inside know.</summary>
    public IReadOnlyList<byte[]> ForwardingEntries { get; init; } = [];

    /// <summary>RTM_NEWNEXTHOP.</summary>
    public IReadOnlyList<byte[]> NextHops { get; init; } = [];

    /// <summary>RTM_NEWADDRLABEL: the table of RFC 6724.</summary>
    public IReadOnlyList<byte[]> AddressLabels { get; init; } = [];

    /// <summary>RTM_NEWQDISC of the queueing disciplines; only to find out whether one was configured.</summary>
    [JsonIgnore]
    public IReadOnlyList<byte[]> QueueingDisciplines { get; init; } = [];

    /// <summary>How many IPsec states and policies there are; only to find out whether there are any.</summary>
    [JsonIgnore]
    public int IpsecEntries { get; init; }

    /// <summary>The host's device below each device that stands on one of the host's (macvlan, ipvlan, VLAN), by the name of the device inside.</summary>
    public IReadOnlyDictionary<string, string> Below { get; init; } = new Dictionary<string, string>();

    /// <summary>The addresses that TCP connections are from, which the namespace need not have any more.</summary>
    public IReadOnlyList<string> ConnectionAddresses { get; init; } = [];

    /// <summary>nf_tables, without the tables that were left out on purpose.</summary>
    public RulesetImage Ruleset { get; init; } = new();

    /// <summary>Every setting that can be written.</summary>
    public IReadOnlyList<SysctlValue> Sysctls { get; init; } = [];
}
