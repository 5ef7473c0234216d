using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>What a network permits only while the container's sockets are made: addresses of connections that no link has any more, and binding to what is
/// not an address of it.</summary>
internal sealed class SocketPermits : IDisposable
{
    private readonly ConnectionAddresses _connections;
    private readonly ForeignBinds _binds;
    private bool _isOver;

    /// <summary>Permits it.</summary>
    /// <param name="inside">A socket in the network; stays the caller's, open as long as this object.</param>
    /// <param name="netns">The network; stays the caller's.</param>
    /// <param name="image">What it was.</param>
    /// <exception cref="SyscallException">The namespace cannot be entered.</exception>
    /// <exception cref="NetlinkException">The kernel refused an address.</exception>
    public SocketPermits(RouteSocket inside, FileDescriptor netns, NetworkImage image)
    {
        _connections = ConnectionAddresses.Add(inside, image.ConnectionAddresses);
        _binds = ForeignBinds.Permit(netns, image.Sysctls);
    }

    /// <summary>Every socket is there; called any number of times.</summary>
    /// <exception cref="IOException">A setting cannot be written.</exception>
    /// <exception cref="NetlinkException">An address cannot be taken away.</exception>
    public void End()
    {
        if (_isOver)
            return;
        _isOver = true;
        _binds.End();
        _connections.Remove();
    }

    /// <inheritdoc />
    public void Dispose() => _binds.Dispose();
}
