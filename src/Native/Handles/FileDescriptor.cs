using System.Runtime.InteropServices;
using LxcNative.Native.Interop;

namespace LxcNative.Native.Handles;

/// <summary>A file descriptor that is closed once, when disposed or finalized.</summary>
/// <remarks>Pass the handle, not the number: the marshaller keeps it open during the call. <see cref="Number"/> is for places where the
/// number itself is data (/proc/self/fd, a control message, criu's options); the caller keeps the handle alive there.</remarks>
public sealed class FileDescriptor : SafeHandle
{
    /// <summary>Makes an empty handle, to be filled by the marshaller.</summary>
    public FileDescriptor()
        : base(-1, ownsHandle: true)
    {
    }

    /// <summary>Takes ownership of <paramref name="descriptor"/>, or merely names it when <paramref name="ownsHandle"/> is false.</summary>
    public FileDescriptor(int descriptor, bool ownsHandle = true)
        : base(-1, ownsHandle) => SetHandle(descriptor);

    /// <inheritdoc />
    public override bool IsInvalid => handle == -1;

    /// <summary>The descriptor's number; valid only as long as the handle is open.</summary>
    public int Number => (int)handle;

    /// <inheritdoc />
    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
