using System.Buffers.Binary;
using LxcNative.Native.Errors;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>Walks what getdents64(2) has written; a record that cannot be one ends it with an exception.</summary>
/// <param name="records">What the kernel wrote.</param>
/// <param name="target">What an exception calls the directory.</param>
internal ref struct DirectoryRecords(ReadOnlySpan<byte> records, string target)
{
    private ReadOnlySpan<byte> _rest = records;

    /// <summary>The name, without its NUL.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The inode's number.</summary>
    public ulong Inode { get; private set; }

    /// <summary>What it is, where the file system says.</summary>
    public FileType Type { get; private set; }

    /// <summary>Goes to the next name that is neither "." nor "..".</summary>
    /// <exception cref="SyscallException">EBADMSG: a record is shorter or longer than it may be.</exception>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var length = _rest.Length < Dirent.OffsetOfName ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(_rest[Dirent.OffsetOfRecordLength..]);
            if (length <= Dirent.OffsetOfName || length > _rest.Length)
                throw new SyscallException("getdents64", target, Errno.EBADMSG, $"a record of {length} bytes where {_rest.Length} are left");
            var name = _rest[Dirent.OffsetOfName..length];
            var end = name.IndexOf((byte)0);
            Name = end < 0 ? name : name[..end];
            Inode = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
            Type = (FileType)(_rest[Dirent.OffsetOfType] << 12);
            _rest = _rest[length..];
            if (Name is not ([(byte)'.'] or [(byte)'.', (byte)'.']))
                return true;
        }

        return false;
    }
}
