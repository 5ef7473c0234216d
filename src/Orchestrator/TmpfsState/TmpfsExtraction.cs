using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.TmpfsState.Format;
using LxcNative.Orchestrator.TmpfsState.Interop;

namespace LxcNative.Orchestrator.TmpfsState;

/// <summary>Makes the files of an image below a directory.</summary>
internal sealed unsafe class TmpfsExtraction(FileDescriptor root, TmpfsReader reader) : IDisposable
{
    // Making something in a directory changes its times, and a directory without write permission takes nothing: both come last.
    private readonly List<TmpfsEntry> _directories = [];
    private readonly byte[] _content = new byte[256 * 1024];
    private byte[]? _parentPath;
    private FileDescriptor? _parent;

    /// <summary>Makes a file; reads the content of a regular one.</summary>
    public void Make(TmpfsEntry entry)
    {
        var type = (FileType)(entry.Mode & 0xf000);
        if (type == FileType.Directory)
            _directories.Add(entry);
        if (entry.Path.Length == 0)
            return;
        var (parent, name) = Place(entry.Path);
        fixed (byte* bytes = FilePath.Terminated(name))
        {
            switch (type)
            {
                case FileType.Directory:
                    FilePath.Check(FileCalls.MakeDirectoryAt(parent, bytes, 0x1c0), "mkdirat", entry.Path);
                    return;
                case FileType.Regular:
                    MakeRegular(parent, name, entry);
                    break;
                case FileType.SymbolicLink:
                    fixed (byte* target = FilePath.Terminated(entry.Target))
                        FilePath.Check(FileCalls.SymlinkAt(target, parent, bytes), "symlinkat", entry.Path);
                    break;
                default:
                    var device = new DeviceNumber(entry.Device.Major, entry.Device.Minor).Value;
                    FilePath.Check(FileCalls.MakeNodeAt(parent, bytes, ((uint)type) | 0x180, device), "mknodat", entry.Path);
                    break;
            }
        }

        Describe(parent, name, entry);
    }

    /// <summary>Gives a file that was made another name.</summary>
    public void Link(ReadOnlySpan<byte> path, ReadOnlySpan<byte> first)
    {
        // The file is opened as it is, never through a symbolic link on the way.
        using var file = FilePath.Open(root, first, OpenFlags.Path | OpenFlags.NoFollow);
        var (parent, name) = Place(path);
        var empty = (byte)0;
        fixed (byte* bytes = FilePath.Terminated(name))
            FilePath.Check(FileCalls.LinkAt(file, &empty, parent, bytes, FileCalls.AT_EMPTY_PATH), "linkat", path);
    }

    /// <summary>Gives the directories their owners, modes, attributes and times.</summary>
    public void Finish()
    {
        for (var index = _directories.Count - 1; index >= 0; index--)
        {
            var entry = _directories[index];
            using var directory = FilePath.Open(root, entry.Path, OpenFlags.Path | OpenFlags.Directory);
            Describe(directory, "."u8, entry);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _parent?.Dispose();

    private (FileDescriptor Parent, byte[] Name) Place(ReadOnlySpan<byte> path)
    {
        var slash = path.LastIndexOf((byte)'/');
        var parentPath = slash < 0 ? [] : path[..slash];
        if (_parent is null || !parentPath.SequenceEqual(_parentPath))
        {
            _parent?.Dispose();
            _parent = null;
            _parent = FilePath.Open(root, parentPath, OpenFlags.Path | OpenFlags.Directory);
            _parentPath = parentPath.ToArray();
        }

        return (_parent, path[(slash + 1)..].ToArray());
    }

    private void MakeRegular(FileDescriptor parent, byte[] name, TmpfsEntry entry)
    {
        using var file = FilePath.Open(parent, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow, 0x180);
        if (entry.Size > 0)
            FilePath.Check(FileCalls.Truncate(file, entry.Size), "ftruncate", entry.Path);
        while (reader.ReadSegment(entry.Size, out var offset, out var length))
        {
            for (; length > 0;)
            {
                var part = _content.AsSpan(0, (int)Math.Min(_content.Length, length));
                reader.ReadContent(part);
                length -= part.Length;
                while (!part.IsEmpty)
                {
                    nint count;
                    fixed (byte* bytes = part)
                        count = FileCalls.WriteAt(file, bytes, (nuint)part.Length, offset);
                    FilePath.Check(count, "pwrite", entry.Path);
                    offset += count;
                    part = part[(int)count..];
                }
            }
        }
    }

    /// <summary>Owner first, because changing it takes set-user-id bits and capabilities away.</summary>
    private static void Describe(FileDescriptor directory, ReadOnlySpan<byte> name, TmpfsEntry entry)
    {
        fixed (byte* bytes = FilePath.Terminated(name), path = FilePath.Through(directory, name))
        {
            FilePath.Check(FileCalls.ChangeOwnerAt(directory, bytes, entry.UserId, entry.GroupId, FileCalls.AT_SYMLINK_NOFOLLOW), "fchownat", entry.Path);
            if ((FileType)(entry.Mode & 0xf000) != FileType.SymbolicLink)
                FilePath.Check(FileCalls.ChangeModeAt(directory, bytes, entry.Mode & 0xfff, 0), "fchmodat", entry.Path);
            foreach (var (attribute, value) in entry.Attributes)
            {
                fixed (byte* attributeBytes = FilePath.Terminated(attribute), valueBytes = value)
                    FilePath.Check(FileCalls.SetAttribute(path, attributeBytes, valueBytes, (nuint)value.Length, 0), "lsetxattr", entry.Path);
            }

            var times = stackalloc FileTime[2];
            times[0] = new FileTime { Seconds = entry.AccessTime.Seconds, Nanoseconds = entry.AccessTime.Nanoseconds };
            times[1] = new FileTime { Seconds = entry.ModifyTime.Seconds, Nanoseconds = entry.ModifyTime.Nanoseconds };
            FilePath.Check(FileCalls.SetTimesAt(directory, bytes, times, FileCalls.AT_SYMLINK_NOFOLLOW), "utimensat", entry.Path);
        }
    }
}
