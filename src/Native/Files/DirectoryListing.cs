using System.Buffers.Binary;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;
using Tmds.Linux;

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
                count = (ssize_t)LibC.syscall(SystemCallNumbers.__NR_getdents64, lease.Number, start, buffer.Length);
            if (count == -1)
                SyscallException.ThrowLast("getdents64", target);
            if (count == 0)
                return entries;
            Parse(buffer.AsSpan(0, (int)count), entries, target);
        }
    }

    internal static void Parse(ReadOnlySpan<byte> records, List<DirectoryEntry> entries, string target)
    {
        while (!records.IsEmpty)
        {
            var length = records.Length < Dirent.OffsetOfName ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(records[Dirent.OffsetOfRecordLength..]);
            if (length <= Dirent.OffsetOfName || length > records.Length)
                throw new SyscallException("getdents64", target, Errno.EBADMSG, $"a record of {length} bytes where {records.Length} are left");
            var name = records[Dirent.OffsetOfName..length];
            var end = name.IndexOf((byte)0);
            var text = Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
            if (text is not ("." or ".."))
                entries.Add(new DirectoryEntry(text, BinaryPrimitives.ReadUInt64LittleEndian(records), (FileType)(records[Dirent.OffsetOfType] << 12)));
            records = records[length..];
        }
    }
}
