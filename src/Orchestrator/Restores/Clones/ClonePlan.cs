using System.Security.Cryptography;
using LxcNative.Native.Files;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Mounts;

namespace LxcNative.Orchestrator.Restores.Clones;

/// <summary>Plans what a clone has of its own, from the manifest and the options alone.</summary>
internal static class ClonePlan
{
    // The prefix that LXC gives its containers' devices, and what it begins the names of their host ends with.
    private const string MadeByLxc = "00:16:3e";
    private const string HostEnd = "veth";
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>The plan; null where the container gets the name that it had.</summary>
    /// <exception cref="RefusedException">An option names what the container does not have, or its root cannot be shared.</exception>
    public static Clone? For(CheckpointManifest manifest, RestoreOptions options)
    {
        var container = manifest.Container;
        if (options.Name is not { } name)
            return null;
        if (name == container.Name)
            throw new RefusedException($"{name} is the name that the container has: restore it without naming it, or name another");
        var root = new MountsPart().Read(new PartStates(manifest.Parts)).Root;
        var own = options.Root is { } other ? DirectoryPath.Full(other) : null;
        if (own is null && (root?.HostPath is not { } shared || !IsPlain(shared) || !IsPlain(container.LxcPath)))
            throw new RefusedException($"the root of {container.Name} is no plain directory that an overlay could be laid over: copy it, and name the copy");
        return new Clone(name, container.Name, container.LxcPath, options.HostName ?? name, own ?? root!.HostPath!, own is null, root?.Inode ?? 0,
            Devices(container, options));
    }

    /// <summary>A name for the host's end of a device.</summary>
    public static string NewHostEnd() => HostEnd + RandomNumberGenerator.GetString(Letters, 6);

    /// <summary>An address for the host's end of a device: of those that a bridge does not take for its own.</summary>
    public static string NewHostAddress() => $"fe:{Random(5)}";

    private static IReadOnlyList<CloneDevice> Devices(Container container, RestoreOptions options)
    {
        // A veth's other end, or the device below a macvlan: whoever else is there sees its address.
        var seen = container.Nics.Where(nic => nic.Host is not null || (nic.Kind == "macvlan" && nic.Below is not null)).ToList();
        if (options.Addresses.Select(address => address.Inside).OfType<string>().FirstOrDefault(inside => seen.All(nic => nic.Name != inside)) is { } strange)
            throw new RefusedException($"the container has no device {strange} on the host's network, which is to have an address");
        if (seen.Count == 0 && (options.Addresses.Count > 0 || options.HardwareAddress is not null))
            throw new RefusedException("the container has no device on the host's network, which an address could be given to");
        return
        [
            .. seen.Select((nic, number) => new CloneDevice(nic.Name, nic.Address,
                number == 0 && options.HardwareAddress is { } named ? named.ToLowerInvariant() : $"{MadeByLxc}:{Random(3)}",
                [.. options.Addresses.Where(address => address.Inside == nic.Name || (address.Inside is null && number == 0))
                    .Select(address => address.Prefix.ToString())])),
        ];
    }

    private static string Random(int bytes) => new HardwareAddress(RandomNumberGenerator.GetBytes(bytes)).ToString();

    // What neither an option of overlay nor LXC takes for its own.
    private static bool IsPlain(string path) => path.AsSpan().IndexOfAny(",:\\\n") < 0;
}
