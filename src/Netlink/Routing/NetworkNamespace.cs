using LxcNative.Native.Handles;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing;

/// <summary>Names a network namespace in a request, by descriptor or by a process in it.</summary>
public sealed class NetworkNamespace
{
    private readonly FileDescriptor? _descriptor;
    private readonly int _processId;

    private NetworkNamespace(FileDescriptor? descriptor, int processId)
    {
        _descriptor = descriptor;
        _processId = processId;
    }

    /// <summary>The namespace behind a descriptor, which stays the caller's and must be open until the request is done.</summary>
    public static NetworkNamespace Of(FileDescriptor descriptor) => new(descriptor, 0);

    /// <summary>The namespace of a process, as numbered in the requester's pid namespace. A number may be reused: prefer descriptors.</summary>
    public static NetworkNamespace OfProcess(int processId) => new(null, processId);

    internal void WriteAsTarget(AttributeWriter<HostEndian> attributes) => Write(attributes, IFLA.IFLA_NET_NS_FD, IFLA.IFLA_NET_NS_PID);

    internal void WriteAsSubject(AttributeWriter<HostEndian> attributes) => Write(attributes, NETNSA.NETNSA_FD, NETNSA.NETNSA_PID);

    private void Write<TType>(AttributeWriter<HostEndian> attributes, TType descriptorType, TType processType)
        where TType : unmanaged
    {
        if (_descriptor is null)
        {
            attributes.Write(processType, (uint)_processId);
            return;
        }

        ObjectDisposedException.ThrowIf(_descriptor.IsClosed, _descriptor);
        attributes.Write(descriptorType, (uint)_descriptor.Number);
    }

    /// <inheritdoc />
    public override string ToString() =>
        _descriptor is null ? $"network namespace of process {_processId}" : $"network namespace (descriptor {_descriptor.Number})";
}
