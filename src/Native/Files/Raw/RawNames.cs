using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;

namespace LxcNative.Native.Files.Raw;

/// <summary>Lists a directory with names as bytes.</summary>
internal static unsafe class RawNames
{
    /// <summary>The names, without "." and "..".</summary>
    /// <param name="directory">Opened for reading; its position moves to the end.</param>
    /// <param name="path">The directory's path, for an error text.</param>
    /// <param name="buffer">Where the kernel writes.</param>
    /// <exception cref="SyscallException">getdents64(2) failed.</exception>
    public static List<byte[]> Read(FileDescriptor directory, ReadOnlySpan<byte> path, byte[] buffer)
    {
        using var lease = new DescriptorLease(directory);
        var names = new List<byte[]>();
        while (true)
        {
            nint count;
            fixed (byte* bytes = buffer)
                count = Libc.GetDirectoryEntries(lease.Number, bytes, (nuint)buffer.Length);
            RawPath.Check(count, "getdents64", path);
            if (count == 0)
                return names;
            var records = new DirectoryRecords(buffer.AsSpan(0, (int)count), $"\"{Encoding.UTF8.GetString(path)}\"");
            while (records.MoveNext())
                names.Add(records.Name.ToArray());
        }
    }
}
