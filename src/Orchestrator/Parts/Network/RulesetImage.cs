namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>The nf_tables of a namespace, as the kernel's own NEW messages (linux/netfilter/nf_tables.h), in the kernel's order.</summary>
internal sealed record RulesetImage
{
    /// <summary>NEWTABLE.</summary>
    public IReadOnlyList<byte[]> Tables { get; init; } = [];

    /// <summary>NEWCHAIN.</summary>
    public IReadOnlyList<byte[]> Chains { get; init; } = [];

    /// <summary>NEWSET: sets and maps, without elements.</summary>
    public IReadOnlyList<byte[]> Sets { get; init; } = [];

    /// <summary>NEWSETELEM: one or more messages for each set that has elements.</summary>
    public IReadOnlyList<byte[]> Elements { get; init; } = [];

    /// <summary>NEWOBJ: counters, quotas, limits, helpers, ...</summary>
    public IReadOnlyList<byte[]> Objects { get; init; } = [];

    /// <summary>NEWFLOWTABLE.</summary>
    public IReadOnlyList<byte[]> Flowtables { get; init; } = [];

    /// <summary>NEWRULE.</summary>
    public IReadOnlyList<byte[]> Rules { get; init; } = [];
}
