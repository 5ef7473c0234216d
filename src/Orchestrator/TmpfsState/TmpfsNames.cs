using System.Buffers.Binary;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.TmpfsState.Interop;

namespace LxcNative.Orchestrator.TmpfsState;

/// <summary>Lists a directory with names as bytes.</summary>
internal static unsafe class TmpfsNames
{
    // struct linux_dirent64: u64 inode, i64 offset, u16 record length, u8 type, name with NUL (getdents64(2)).
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    /// <summary>The names, without "." and "..".</summary>
    /// <param name="directory">Opened for reading; its position moves to the end.</param>
    /// <param name="path">The directory's path, for an error text.</param>
    /// <param name="buffer">Where the kernel writes.</param>
    /// <exception cref="Native.Errors.SyscallException">getdents64(2) failed.</exception>
    public static List<byte[]> Read(FileDescriptor directory, ReadOnlySpan<byte> path, byte[] buffer)
    {
        var names = new List<byte[]>();
        while (true)
        {
            nint count;
            fixed (byte* bytes = buffer)
                count = FileCalls.GetDirectoryEntries(FileCalls.NR_GETDENTS64, directory, bytes, (nuint)buffer.Length);
            FilePath.Check(count, "getdents64", path);
            if (count == 0)
                return names;
            for (ReadOnlySpan<byte> rest = buffer.AsSpan(0, (int)count); !rest.IsEmpty;)
            {
                var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[LengthOffset..]);
                var name = rest[NameOffset..length];
                name = name[..name.IndexOf((byte)0)];
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                    names.Add(name.ToArray());
                rest = rest[length..];
            }
        }
    }
}
