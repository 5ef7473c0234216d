using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>Describes a checkpoint for programs that know nothing of LXC.</summary>
internal static class Descriptions
{
    /// <summary>What the names of <see cref="Annotations"/> begin with.</summary>
    public const string Annotation = "org.criu.checkpoint.";

    /// <summary>config.dump.</summary>
    /// <param name="manifest">The checkpoint.</param>
    /// <param name="bytes">Its manifest as it is in the file.</param>
    public static byte[] Config(CheckpointManifest manifest, byte[] bytes) => JsonSerializer.SerializeToUtf8Bytes(
        new ContainerDescription(Convert.ToHexStringLower(SHA256.HashData(bytes)), manifest.Container.Name, RootOf(manifest.Container), "lxc",
            manifest.Created, manifest.Created),
        TransferJson.Default.ContainerDescription);

    /// <summary>spec.dump.</summary>
    public static byte[] Specification(CheckpointManifest manifest)
    {
        var container = manifest.Container;
        var annotations = Annotations(manifest);
        // checkpointctl knows four engines, and LXC is none of them; as podman's it shows the most.
        annotations["io.container.manager"] = "libpod";
        var mounts = container.Mounts.Where(mount => mount.Kind != ContainerMountKind.Root).Select(mount => new MountDescription(
            mount.Entry.MountPoint, mount.HostPath is null ? mount.Entry.FileSystemType : "bind", mount.HostPath ?? mount.Entry.Source,
            mount.Entry.Options.Split(',')));
        return JsonSerializer.SerializeToUtf8Bytes(
            new SpecificationDescription("1.0.2", new ProcessDescription([container.Processes.Name], "/"),
                new RootDescription(RootOf(container), container.Root.ReadOnly), [.. mounts], annotations),
            TransferJson.Default.SpecificationDescription);
    }

    /// <summary>What engines say of a checkpoint (criu's checkpointctl); in an order of their own, as the same checkpoint is the same archive.</summary>
    public static SortedDictionary<string, string> Annotations(CheckpointManifest manifest) => new(StringComparer.Ordinal)
    {
        [$"{Annotation}engine.name"] = "lxc",
        [$"{Annotation}container.name"] = manifest.Container.Name,
        [$"{Annotation}criu.version"] = manifest.Criu,
        [$"{Annotation}host.kernel"] = manifest.Kernel,
        [$"{Annotation}rootfsImageName"] = RootOf(manifest.Container),
    };

    /// <summary>network.status: a network for each bridge; a device on none is one of its own name.</summary>
    /// <param name="container">The container.</param>
    /// <param name="captured">Its network namespace, where this library saved it; else null, and no address is known.</param>
    public static byte[] Network(Container container, NetworkImage? captured)
    {
        var addresses = Captured<ifaddrmsg>.Parse(captured?.Addresses ?? []).ToLookup(address => (int)address.Header.ifa_index);
        var networks = new SortedDictionary<string, NetworkDescription>(StringComparer.Ordinal);
        foreach (var network in container.Nics.Where(nic => !nic.IsLoopback).GroupBy(nic => nic.Host?.Bridge ?? nic.Name, StringComparer.Ordinal))
        {
            var interfaces = new SortedDictionary<string, InterfaceDescription>(StringComparer.Ordinal);
            // Of several with one name, which only a forged manifest has, the last.
            foreach (var nic in network)
                interfaces[nic.Name] = new InterfaceDescription(Subnets(addresses[nic.Index]), nic.Address);
            networks.Add(network.Key, new NetworkDescription(interfaces));
        }

        return JsonSerializer.SerializeToUtf8Bytes(networks, TransferJson.Default.IReadOnlyDictionaryStringNetworkDescription);
    }

    private static string RootOf(Container container) => container.Root.HostPath ?? container.Root.Source;

    // IPv4 first: checkpointctl shows the first alone.
    private static IReadOnlyList<SubnetDescription> Subnets(IEnumerable<Captured<ifaddrmsg>> addresses) =>
    [
        .. addresses.OrderBy(address => address.Header.ifa_family)
            .Where(address => address.Address is not null)
            .Select(address => new SubnetDescription(string.Create(CultureInfo.InvariantCulture, $"{address.Address}/{address.Header.ifa_prefixlen}"))),
    ];
}
