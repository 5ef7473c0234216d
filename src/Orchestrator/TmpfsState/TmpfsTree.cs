using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.TmpfsState.Format;
using LxcNative.Orchestrator.TmpfsState.Interop;

namespace LxcNative.Orchestrator.TmpfsState;

/// <summary>Walks a tmpfs that stands still and writes it down.</summary>
internal sealed unsafe class TmpfsTree(FileDescriptor root, TmpfsWriter output)
{
    private readonly byte[] _listing = new byte[32 * 1024];
    private readonly byte[] _small = new byte[TmpfsFormat.LongestAttributeValue];
    private readonly Dictionary<ulong, byte[]> _firstNames = [];
    private readonly HashSet<string> _remaps = [];
    private byte[]? _content;

    /// <summary>How many files were written, other names not counted.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of content, holes not counted.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes everything.</summary>
    /// <exception cref="SyscallException">Something could not be read.</exception>
    public void Write()
    {
        WriteFile(root, ""u8, []);
        var waiting = new Stack<byte[]>();
        waiting.Push([]);
        while (waiting.TryPop(out var path))
        {
            using var directory = FilePath.Open(root, path, OpenFlags.ReadOnly | OpenFlags.Directory);
            foreach (var name in TmpfsNames.Read(directory, path, _listing))
            {
                byte[] child = path.Length == 0 ? name : [.. path, (byte)'/', .. name];
                if (child.Length > TmpfsFormat.LongestPath)
                    throw new SyscallException("openat2", "a path in a tmpfs", Errno.ENAMETOOLONG);
                if (WriteFile(directory, name, child) == FileType.Directory)
                    waiting.Push(child);
                if (IsRemap(name))
                    _remaps.Add(Convert.ToHexString(child));
            }
        }
    }

    /// <summary>Writes the names that criu has given meanwhile to open files without one (link_remap.N); its images refer to them.</summary>
    /// <exception cref="SyscallException">Something could not be read.</exception>
    public void WriteRemaps()
    {
        var waiting = new Stack<byte[]>();
        waiting.Push([]);
        while (waiting.TryPop(out var path))
        {
            using var directory = FilePath.Open(root, path, OpenFlags.ReadOnly | OpenFlags.Directory);
            foreach (var name in TmpfsNames.Read(directory, path, _listing))
            {
                byte[] child = path.Length == 0 ? name : [.. path, (byte)'/', .. name];
                if (IsRemap(name) && _remaps.Add(Convert.ToHexString(child)))
                    WriteFile(directory, name, child);
                else if (_directories.Contains(Convert.ToHexString(child)))
                    waiting.Push(child);
            }
        }
    }

    private readonly HashSet<string> _directories = [];

    private static bool IsRemap(ReadOnlySpan<byte> name) => name.StartsWith("link_remap."u8);

    private FileType WriteFile(FileDescriptor directory, ReadOnlySpan<byte> name, byte[] path)
    {
        var status = Stat(directory, name);
        var type = (FileType)(status.Mode & 0xf000);
        if (type != FileType.Directory && status.LinkCount > 1 && !_firstNames.TryAdd(status.Inode, path))
        {
            output.WriteHardLink(path, _firstNames[status.Inode]);
            return type;
        }

        output.WriteFile(new TmpfsEntry
        {
            Path = path,
            Mode = status.Mode,
            UserId = status.UserId,
            GroupId = status.GroupId,
            AccessTime = (status.AccessSeconds, status.AccessNanoseconds),
            ModifyTime = (status.ModifySeconds, status.ModifyNanoseconds),
            Device = (status.SpecialMajor, status.SpecialMinor),
            Size = (long)status.Size,
            Target = type == FileType.SymbolicLink ? ReadLink(directory, name) : [],
            Attributes = ReadAttributes(directory, name),
        });
        Count++;
        if (type == FileType.Regular)
            WriteContent(directory, name, (long)status.Size);
        if (type == FileType.Directory)
            _directories.Add(Convert.ToHexString(path));
        return type;
    }

    private static StatXBuffer Stat(FileDescriptor directory, ReadOnlySpan<byte> name)
    {
        StatXBuffer status;
        fixed (byte* bytes = FilePath.Terminated(name))
        {
            const int Flags = FileCalls.AT_SYMLINK_NOFOLLOW | FileCalls.AT_NO_AUTOMOUNT | FileCalls.AT_EMPTY_PATH;
            FilePath.Check(FileCalls.StatX(directory, bytes, Flags, StatXBuffer.BasicStats, &status), "statx", name);
        }

        return status;
    }

    private byte[] ReadLink(FileDescriptor directory, ReadOnlySpan<byte> name)
    {
        nint length;
        fixed (byte* bytes = FilePath.Terminated(name), buffer = _small)
            length = FileCalls.ReadLinkAt(directory, bytes, buffer, (nuint)_small.Length);
        FilePath.Check(length, "readlinkat", name);
        return _small.AsSpan(0, (int)length).ToArray();
    }

    private List<(byte[] Name, byte[] Value)> ReadAttributes(FileDescriptor directory, ReadOnlySpan<byte> name)
    {
        var attributes = new List<(byte[], byte[])>();
        fixed (byte* path = FilePath.Through(directory, name.IsEmpty ? "."u8 : name))
        {
            nint length;
            fixed (byte* list = _small)
                length = FileCalls.ListAttributes(path, list, (nuint)_small.Length);
            if (length < 0 && Errno.Last == Errno.EOPNOTSUPP)
                return attributes;
            FilePath.Check(length, "llistxattr", name);
            if (length == 0)
                return attributes;
            var names = _small.AsSpan(0, (int)length).ToArray();
            for (var rest = names.AsSpan(); !rest.IsEmpty;)
            {
                var end = rest.IndexOf((byte)0);
                nint size;
                fixed (byte* attribute = rest, value = _small)
                    size = FileCalls.GetAttribute(path, attribute, value, (nuint)_small.Length);
                FilePath.Check(size, "lgetxattr", name);
                attributes.Add((rest[..end].ToArray(), _small.AsSpan(0, (int)size).ToArray()));
                rest = rest[(end + 1)..];
            }
        }

        return attributes;
    }

    private void WriteContent(FileDescriptor directory, ReadOnlySpan<byte> name, long size)
    {
        if (size > 0)
        {
            using var file = FilePath.Open(directory, name, OpenFlags.ReadOnly | OpenFlags.NoFollow);
            for (long end = 0; end < size;)
            {
                var start = FileCalls.Seek(file, end, FileCalls.SEEK_DATA);
                if (start < 0 && Errno.Last == Errno.ENXIO)
                    break;
                FilePath.Check(start, "lseek SEEK_DATA", name);
                end = FileCalls.Seek(file, start, FileCalls.SEEK_HOLE);
                FilePath.Check(end, "lseek SEEK_HOLE", name);
                end = Math.Min(end, size);
                if (end > start)
                    WriteSegment(file, name, start, end);
            }
        }

        output.EndSegments();
    }

    private void WriteSegment(FileDescriptor file, ReadOnlySpan<byte> name, long start, long end)
    {
        _content ??= new byte[256 * 1024];
        output.WriteSegment(start, end - start);
        Bytes += end - start;
        while (start < end)
        {
            nint count;
            fixed (byte* buffer = _content)
                count = FileCalls.ReadAt(file, buffer, (nuint)Math.Min(_content.Length, end - start), start);
            FilePath.Check(count, "pread", name);
            if (count == 0)
                throw new SyscallException("pread", "a file in a tmpfs", Errno.EIO, "it became shorter while it was read");
            output.WriteContent(_content.AsSpan(0, (int)count));
            start += count;
        }
    }
}
