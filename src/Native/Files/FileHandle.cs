using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>A file by the handle that name_to_handle_at(2) and fdinfo give, without a name.</summary>
internal static unsafe class FileHandle
{
    /// <summary>Opens the file as a place (O_PATH).</summary>
    /// <param name="mount">Any open file of its file system, not O_PATH; stays the caller's.</param>
    /// <param name="type">The handle's type.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <returns>Null when there is none of this handle (any more), or the kernel cannot tell.</returns>
    /// <exception cref="SyscallException">EINVAL: more bytes than any handle has.</exception>
    public static FileDescriptor? TryOpen(FileDescriptor mount, int type, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > FileHandleLayout.MAX_HANDLE_SZ)
            throw new SyscallException("open_by_handle_at", $"a handle of {bytes.Length} bytes", Errno.EINVAL);
        using var lease = new DescriptorLease(mount);
        var buffer = new byte[FileHandleLayout.OffsetOfBytes + bytes.Length];
        BitConverter.TryWriteBytes(buffer.AsSpan(FileHandleLayout.OffsetOfLength), bytes.Length);
        BitConverter.TryWriteBytes(buffer.AsSpan(FileHandleLayout.OffsetOfType), type);
        bytes.CopyTo(buffer.AsSpan(FileHandleLayout.OffsetOfBytes));
        int opened;
        fixed (byte* start = buffer)
            opened = Libc.OpenByHandleAt(lease.Number, start, Fcntl.O_PATH | Fcntl.O_CLOEXEC);
        return opened == -1 ? null : new FileDescriptor(opened);
    }
}
