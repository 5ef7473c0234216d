using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.Parts.Network.Capturing;

namespace LxcNative.Orchestrator.Parts.Network.Kinds;

/// <summary>The one list of link kinds: what is rebuilt here, what criu knows. Capture, rebuild and the pre-flight all ask it.</summary>
internal static class LinkKinds
{
    /// <summary>All that is made again by one or the other.</summary>
    public static readonly IReadOnlyList<LinkKind> All =
    [
        new VethKind(),
        new BridgeKind(),
        new MacvlanKind(),
        new("vlan"),
        new("ipvlan"),
        new("dummy"),
        new("ifb"),
        new VxlanKind(),
        new("vrf") { HasPorts = true },
        new("tun") { IsRebuilt = false, KnownToCriu = [ARPHRD.ARPHRD_ETHER, ARPHRD.ARPHRD_NONE] },
        new("sit") { IsRebuilt = false, KnownToCriu = [ARPHRD.ARPHRD_SIT] },
    ];

    // Devices that a tunnel module gives to every namespace by itself.
    private static readonly HashSet<string> Fallback = ["sit0", "tunl0", "gre0", "gretap0", "erspan0", "ip6tnl0", "ip6gre0", "ip_vti0", "ip6_vti0"];

    /// <summary>The kind of this name; null for one that nobody makes again, and for hardware.</summary>
    public static LinkKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The kind of a link that is to be made again.</summary>
    /// <exception cref="MalformedNetworkImageException">It is none that is made again here: the image is another program's.</exception>
    public static LinkKind Rebuilt(LinkFacts link) => Find(link.Kind) is { IsRebuilt: true } kind
        ? kind : throw new MalformedNetworkImageException($"{link.Name} is of kind {link.Kind ?? "none (hardware)"}, which this program does not make");

    /// <summary>Whether a link is one that a module gives to every namespace, and that nobody has set up.</summary>
    public static bool IsFallback(LinkFacts link) => Fallback.Contains(link.Name) && !link.IsUp;

    /// <summary>Whether criu saves a link and makes it again, or passes it over because every namespace has it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">What device it is.</param>
    /// <param name="kind">Its kind; null for hardware and the loopback.</param>
    public static bool IsKnownToCriu(string name, ARPHRD type, string? kind) => type switch
    {
        ARPHRD.ARPHRD_LOOPBACK => true,
        ARPHRD.ARPHRD_ETHER when name == "gretap0" => true,
        ARPHRD.ARPHRD_IPGRE => name == "gre0",
        _ => Find(kind)?.KnownToCriu.Contains(type) == true,
    };
}
