using Kernel = LxcNative.Native.Uapi.Mount;

namespace LxcNative.Native.Mounts;

/// <summary>Where mounts and unmounts below a mount are passed on to (mount_namespaces(7)).</summary>
public enum Propagation : ulong
{
    /// <summary>Nowhere, and none are received.</summary>
    Private = Kernel.MS_PRIVATE,

    /// <summary>To the peer group, and received from it.</summary>
    Shared = Kernel.MS_SHARED,

    /// <summary>Received from the master group only.</summary>
    Slave = Kernel.MS_SLAVE,

    /// <summary>Private, and cannot be bind mounted.</summary>
    Unbindable = Kernel.MS_UNBINDABLE,
}
