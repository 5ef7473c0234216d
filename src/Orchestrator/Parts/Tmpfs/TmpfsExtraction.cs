using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Parts.Tmpfs.Format;

namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>Makes the files of an image below a directory.</summary>
internal sealed class TmpfsExtraction(FileDescriptor root, TmpfsReader reader) : IDisposable
{
    private const uint PrivateMode = (uint)(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    // Making something in a directory changes its times, and a directory without write permission takes nothing: both come last.
    private readonly List<TmpfsEntry> _directories = [];
    private readonly byte[] _content = new byte[256 * 1024];
    private byte[]? _parentPath;
    private FileDescriptor? _parent;

    /// <summary>Makes a file; reads the content of a regular one.</summary>
    public void Make(TmpfsEntry entry)
    {
        if (entry.Type == FileType.Directory)
            _directories.Add(entry);
        if (entry.Path.Length == 0)
            return;
        var (parent, name) = Place(entry.Path);
        switch (entry.Type)
        {
            case FileType.Directory:
                RawFile.MakeDirectory(parent, name, PrivateMode | (uint)UnixFileMode.UserExecute, entry.Path);
                return;
            case FileType.Regular:
                MakeRegular(parent, name, entry);
                break;
            case FileType.SymbolicLink:
                RawFile.MakeSymbolicLink(parent, name, entry.Target, entry.Path);
                break;
            default:
                RawFile.MakeNode(parent, name, entry.Type, PrivateMode, entry.Device, entry.Path);
                break;
        }

        Describe(parent, name, entry);
    }

    /// <summary>Gives a file that was made another name.</summary>
    public void Link(ReadOnlySpan<byte> path, ReadOnlySpan<byte> first)
    {
        // The file is opened as it is, never through a symbolic link on the way.
        using var file = RawOpen.Below(root, first, OpenFlags.Path | OpenFlags.NoFollow);
        var (parent, name) = Place(path);
        RawFile.Link(file, parent, name, path);
    }

    /// <summary>Gives the directories their owners, modes, attributes and times.</summary>
    public void Finish()
    {
        for (var index = _directories.Count - 1; index >= 0; index--)
        {
            var entry = _directories[index];
            using var directory = RawOpen.Below(root, entry.Path, OpenFlags.Path | OpenFlags.Directory);
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
            _parent = RawOpen.Below(root, parentPath, OpenFlags.Path | OpenFlags.Directory);
            _parentPath = parentPath.ToArray();
        }

        return (_parent, path[(slash + 1)..].ToArray());
    }

    private void MakeRegular(FileDescriptor parent, byte[] name, TmpfsEntry entry)
    {
        using var file = RawOpen.Below(parent, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow, PrivateMode);
        if (entry.Size > 0)
            FileContent.SetLength(file, entry.Size, entry.Path);
        while (reader.ReadSegment(entry.Size, out var offset, out var length))
        {
            for (; length > 0;)
            {
                var part = _content.AsSpan(0, (int)Math.Min(_content.Length, length));
                reader.ReadContent(part);
                length -= part.Length;
                FileContent.WriteAt(file, part, offset, entry.Path);
                offset += part.Length;
            }
        }
    }

    /// <summary>Owner first, because changing it takes set-user-id bits and capabilities away.</summary>
    private static void Describe(FileDescriptor directory, ReadOnlySpan<byte> name, TmpfsEntry entry)
    {
        RawStatus.SetOwner(directory, name, entry.UserId, entry.GroupId, entry.Path);
        if (entry.Type != FileType.SymbolicLink)
            RawStatus.SetMode(directory, name, entry.Mode, entry.Path);
        foreach (var (attribute, value) in entry.Attributes)
            ExtendedAttributes.Set(directory, name, attribute, value, entry.Path);
        RawStatus.SetTimes(directory, name, entry.AccessTime, entry.ModifyTime, entry.Path);
    }
}
