using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Parts.Tmpfs.Format;

namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>Walks a tmpfs that stands still and writes it down.</summary>
internal sealed class TmpfsTree(FileDescriptor root, TmpfsWriter output)
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
            using var directory = RawOpen.Below(root, path, OpenFlags.ReadOnly | OpenFlags.Directory);
            foreach (var name in RawNames.Read(directory, path, _listing))
            {
                var child = RawPath.Join(path, name);
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
            using var directory = RawOpen.Below(root, path, OpenFlags.ReadOnly | OpenFlags.Directory);
            foreach (var name in RawNames.Read(directory, path, _listing))
            {
                var child = RawPath.Join(path, name);
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
        var details = RawStatus.Read(directory, name);
        var status = details.Status;
        var type = status.Type;
        // Also of those with one name: criu may give a file another while it dumps.
        if (type != FileType.Directory && !_firstNames.TryAdd(status.Inode, path))
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
            AccessTime = details.Access,
            ModifyTime = details.Modification,
            Device = status.SpecialDevice,
            Size = (long)status.Size,
            Target = type == FileType.SymbolicLink ? RawStatus.ReadLink(directory, name, _small) : [],
            Attributes = ExtendedAttributes.List(directory, name, _small),
        });
        Count++;
        if (type == FileType.Regular)
            WriteContent(directory, name, (long)status.Size);
        if (type == FileType.Directory)
            _directories.Add(Convert.ToHexString(path));
        return type;
    }

    private void WriteContent(FileDescriptor directory, ReadOnlySpan<byte> name, long size)
    {
        if (size > 0)
        {
            using var file = RawOpen.Below(directory, name, OpenFlags.ReadOnly | OpenFlags.NoFollow);
            for (long end = 0; end < size && FileContent.NextData(file, end, name) is { } start;)
            {
                end = Math.Min(FileContent.NextHole(file, start, name), size);
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
            var count = FileContent.ReadAt(file, _content.AsSpan(0, (int)Math.Min(_content.Length, end - start)), start, name);
            if (count == 0)
                throw new SyscallException("pread", "a file in a tmpfs", Errno.EIO, "it became shorter while it was read");
            output.WriteContent(_content.AsSpan(0, count));
            start += count;
        }
    }
}
