using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Files;

/// <summary>readlink(2).</summary>
internal static unsafe class SymbolicLink
{
    // A link's text is shorter than PATH_MAX, that of a magic link may be longer.
    private const int MaximumLength = 1 << 20;

    /// <summary>The text of a link, which need not be a path.</summary>
    /// <exception cref="SyscallException">readlink(2) failed; EINVAL when it is not a link.</exception>
    public static string Read(string path) => Read(Fcntl.AT_FDCWD, path);

    /// <summary>The text of a link in a directory.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception" />
    public static string ReadAt(FileDescriptor directory, string path)
    {
        using var lease = new DescriptorLease(directory);
        return Read(lease.Number, path);
    }

    private static string Read(int directory, string path)
    {
        // Nearly every text fits here; a buffer of its own would cost more than the call.
        const int First = 256;
        var first = stackalloc byte[First];
        fixed (byte* bytes = CString.From(path))
        {
            var count = Read(directory, bytes, first, First, path);
            if (count < First)
                return Encoding.UTF8.GetString(first, count);
            for (var buffer = new byte[4096]; ; buffer = new byte[buffer.Length * 2])
            {
                fixed (byte* start = buffer)
                    count = Read(directory, bytes, start, buffer.Length, path);
                if (count < buffer.Length)
                    return Encoding.UTF8.GetString(buffer, 0, count);
                if (buffer.Length >= MaximumLength)
                    throw new SyscallException("readlink", $"\"{path}\"", Errno.ENAMETOOLONG);
            }
        }
    }

    private static int Read(int directory, byte* name, byte* buffer, int length, string path)
    {
        var count = LibC.readlinkat(directory, name, buffer, (size_t)(uint)length);
        if (count == -1)
            SyscallException.ThrowLast("readlink", $"\"{path}\"");
        return (int)count;
    }
}
