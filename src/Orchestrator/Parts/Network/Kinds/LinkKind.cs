using System.Text;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network.Capturing;

namespace LxcNative.Orchestrator.Parts.Network.Kinds;

/// <summary>What is known of a kind of link. This is enough for one whose settings the kernel takes as it shows them; others have a class of their
/// own.</summary>
/// <param name="Name">The kernel's name for it (IFLA_INFO_KIND).</param>
internal record LinkKind(string Name)
{
    /// <summary>Whether links of this kind are made again here.</summary>
    public bool IsRebuilt { get; init; } = true;

    /// <summary>The types of device as which criu, too, saves this kind and makes it again; none where it refuses the container for it.</summary>
    public IReadOnlyList<ARPHRD> KnownToCriu { get; init; } = [];

    /// <summary>Whether links that are its ports come back.</summary>
    public bool HasPorts { get; init; }

    /// <summary>The name as a message has it (IFLA_INFO_KIND's value).</summary>
    public byte[] InfoKind { get; } = [.. Encoding.ASCII.GetBytes(Name), 0];

    /// <summary>Whether a link of this kind has a forwarding table.</summary>
    public bool HasForwarding { get; init; }

    /// <summary>Which of a link's own attributes (IFLA_INFO_DATA) are settings, as a request has them.</summary>
    public virtual IEnumerable<OwnedAttribute> Settings(LinkFacts link) => link.Data;

    /// <summary>Which of a link's attributes as a port of this kind (IFLA_INFO_SLAVE_DATA) are settings.</summary>
    public virtual IEnumerable<OwnedAttribute> PortSettings(LinkFacts port) => [];

    /// <summary>What of a link of this kind could not be made again as it was.</summary>
    public virtual IEnumerable<string> Obstacles(LinkFacts link) => [];
}
