using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.NetworkState;
using LxcNative.Orchestrator.NetworkState.Capturing;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Saves the container's network namespace natively, and tells criu to leave it alone.</summary>
internal sealed class NetworkStateDump : IDisposable
{
    /// <summary>What criu's images call the namespace.</summary>
    public const string Key = "lxcnative-net";

    private readonly NetworkCapture _capture;
    private readonly ulong _inode;

    private NetworkStateDump(NetworkCapture capture, ulong inode)
    {
        _capture = capture;
        _inode = inode;
    }

    /// <summary>criu's external resource for the namespace.</summary>
    public string External => $"net[{_inode}]:{Key}";

    /// <summary>Prepares it, unless criu shall do it or something stands in the way.</summary>
    /// <param name="networkNamespace">The container's; stays the caller's.</param>
    /// <param name="container">The container.</param>
    /// <param name="mode">What the user wants.</param>
    /// <param name="obstacles">Why criu has to do it; empty where it need not, or where the user wants it to.</param>
    /// <exception cref="CheckpointRefusedException">The user wants it done natively, and that cannot be.</exception>
    public static NetworkStateDump? Prepare(FileDescriptor networkNamespace, Container container, CaptureMode mode, out IReadOnlyList<string> obstacles)
    {
        obstacles = [];
        if (mode == CaptureMode.Criu)
            return null;
        try
        {
            var capture = NetworkCapture.Prepare(networkNamespace, new NetworkCaptureOptions
            {
                Pairs = container.Nics.Where(nic => nic.Host is not null).Select(nic => nic.Name).ToHashSet(StringComparer.Ordinal),
                IsExcludedTable = (_, name) => name == NetworkLock.TableName,
            });
            if (capture.CanCapture)
                return new NetworkStateDump(capture, NamespaceId.Read(networkNamespace).Inode);
            obstacles = capture.Obstacles;
            capture.Dispose();
        }
        catch (Exception e) when (e is LinuxException or NetlinkProtocolException)
        {
            obstacles = [e.Message];
        }

        return mode == CaptureMode.Auto
            ? null
            : throw new CheckpointRefusedException($"the network of {container.Name} cannot be saved natively: {string.Join("; ", obstacles)}. Leave --netns out, and criu saves it");
    }

    /// <summary>Copies the namespace's state out of the kernel, while the container stands still, and writes it.</summary>
    /// <exception cref="NetworkCaptureException">Something that cannot be captured was added since the preparation.</exception>
    public void Capture(ImageDirectory images) => images.Write(NetworkImageFile.Name, NetworkImageFile.Write(_capture.Capture().Complete()));

    /// <inheritdoc />
    public void Dispose() => _capture.Dispose();
}
