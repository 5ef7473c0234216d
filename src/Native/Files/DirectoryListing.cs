using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;

namespace LxcNative.Native.Files;

/// <summary>The names in a directory, by getdents64(2): with the errno that System.IO loses.</summary>
public static unsafe class DirectoryListing
{
    /// <summary>Lists a directory, without "." and "..", in the file system's order.</summary>
    /// <exception cref="SyscallException">open(2) or getdents64(2) failed.</exception>
    public static IReadOnlyList<DirectoryEntry> Read(string path)
    {
        using var directory = FileOpen.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory);
        return Read(directory, $"\"{path}\"");
    }

    /// <summary>Lists from the descriptor's position, which moves to the end; the descriptor stays the caller's.</summary>
    /// <exception cref="SyscallException">getdents64(2) failed.</exception>
    public static IReadOnlyList<DirectoryEntry> Read(FileDescriptor directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return Read(directory, $"descriptor {directory.Number}");
    }

    private static List<DirectoryEntry> Read(FileDescriptor directory, string target)
    {
        using var lease = new DescriptorLease(directory);
        var entries = new List<DirectoryEntry>();
        var buffer = new byte[32 * 1024];
        while (true)
        {
            long count;
            fixed (byte* start = buffer)
                count = Libc.GetDirectoryEntries(lease.Number, start, (nuint)buffer.Length);
            if (count == -1)
                SyscallException.ThrowLast("getdents64", target);
            if (count == 0)
                return entries;
            Parse(buffer.AsSpan(0, (int)count), entries, target);
        }
    }

    internal static void Parse(ReadOnlySpan<byte> bytes, List<DirectoryEntry> entries, string target)
    {
        var records = new DirectoryRecords(bytes, target);
        while (records.MoveNext())
            entries.Add(new DirectoryEntry(Encoding.UTF8.GetString(records.Name), records.Inode, records.Type));
    }
}
