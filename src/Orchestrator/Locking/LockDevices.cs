using LxcNative.Native.Handles;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Links;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The network devices that a lock blocks.</summary>
internal static class LockDevices
{
    /// <summary>The names of all devices in a network namespace but loopback.</summary>
    public static List<string> List(FileDescriptor netns)
    {
        using var route = RouteSocket.OpenIn(netns);
        return [.. route.Links.List().Where(link => !link.Flags.HasFlag(LinkFlags.Loopback)).Select(link => link.Name)];
    }

    /// <summary>Whether a network namespace has a bridge.</summary>
    public static bool HasBridge(FileDescriptor netns)
    {
        using var route = RouteSocket.OpenIn(netns);
        return route.Links.List().Exists(link => link.Kind == "bridge");
    }
}
