using LxcNative.Native.Files;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Network.Capturing;

/// <summary>What the caller knows of a namespace that is to be captured.</summary>
internal sealed record NetworkCaptureOptions
{
    /// <summary>The veth devices inside whose other end the caller will make again.</summary>
    public IReadOnlySet<string> Pairs { get; init; } = new HashSet<string>();

    /// <summary>The host's device that each device inside stands on which stands on one of the host's.</summary>
    public IReadOnlyDictionary<string, string> Below { get; init; } = new Dictionary<string, string>();

    /// <summary>The addresses that TCP connections are from.</summary>
    public IReadOnlyList<string> ConnectionAddresses { get; init; } = [];

    /// <summary>Tables of nf_tables to leave out, by family (NFPROTO_*) and name: the network lock.</summary>
    public Func<byte, string, bool> IsExcludedTable { get; init; } = (_, _) => false;

    /// <summary>Whether a program has /dev/net/tun open: criu saves what it holds together with the namespace, or not at all.</summary>
    public bool HasOpenTun { get; init; }

    /// <summary>The inode of the user namespace that will own the namespace made in its place; null for the caller's.</summary>
    public ulong? Owner { get; init; }

    /// <summary>What is known of a container's namespace.</summary>
    /// <param name="container">The container.</param>
    /// <param name="files">What its processes have open.</param>
    public static NetworkCaptureOptions For(Container container, IEnumerable<ObservedFile> files) => new()
    {
        HasOpenTun = files.Any(file => file is { Type: FileType.CharacterDevice, Special: { Major: 10, Minor: 200 } }),
        Pairs = container.Nics.Where(nic => nic.Host is not null).Select(nic => nic.Name).ToHashSet(StringComparer.Ordinal),
        Below = container.Nics.Where(nic => nic.Below is not null).ToDictionary(nic => nic.Name, nic => nic.Below!, StringComparer.Ordinal),
        ConnectionAddresses = Rebuilding.ConnectionAddresses.Of(container.Sockets),
        Owner = container.HasUserNamespace ? container.Namespaces.First(one => one.Kind == NamespaceKind.User).Inode : null,
    };
}
