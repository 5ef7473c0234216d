using LxcNative.Native.Handles;

namespace LxcNative.Netlink.Sockets;

/// <summary>Keeps a descriptor open while its number is passed to a system call.</summary>
internal readonly ref struct DescriptorLease
{
    private readonly FileDescriptor _descriptor;

    public DescriptorLease(FileDescriptor descriptor)
    {
        var taken = false;
        descriptor.DangerousAddRef(ref taken);
        _descriptor = descriptor;
    }

    public int Number => _descriptor.Number;

    public void Dispose() => _descriptor.DangerousRelease();
}
