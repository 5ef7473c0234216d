using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network.Capturing;

namespace LxcNative.Orchestrator.Parts.Network.Kinds;

/// <summary>One end of a pair. It has no settings of its own: the other end is named when both are made.</summary>
internal sealed record VethKind : LinkKind
{
    /// <summary>The kernel's name for it.</summary>
    public const string KernelName = "veth";

    /// <summary>The kind.</summary>
    public VethKind()
        : base(KernelName) => KnownToCriu = [ARPHRD.ARPHRD_ETHER];

    /// <inheritdoc />
    public override IEnumerable<OwnedAttribute> Settings(LinkFacts link) => [];
}
