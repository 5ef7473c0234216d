using System.Formats.Tar;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Archives.Roots;

/// <summary>Makes the files of an archive below a directory, through descriptors only: no symbolic link is ever followed.</summary>
internal sealed class RootWriter(FileDescriptor root, ExtractionLimits limits)
{
    private const uint PrivateMode = (uint)(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    private const uint DefaultDirectoryMode = PrivateMode | (uint)(
        UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly OrderedDictionary<string, (byte[] Path, EntryTraits Traits)> _directories = new(StringComparer.Ordinal);

    /// <summary>Makes what an entry says.</summary>
    /// <exception cref="MalformedArchiveException">It cannot be one of a root file system.</exception>
    /// <exception cref="SyscallException">A system call failed.</exception>
    public void Write(TarEntry entry, TarExtras extras)
    {
        var pax = (entry as PaxTarEntry)?.ExtendedAttributes;
        var path = extras.Path is { } own ? EntryName.Check(own) : EntryName.Check(entry.Name);
        limits.CountAttributes(extras.Attributes.Sum(one => (long)one.Name.Length + one.Value.Length));
        if (entry.EntryType == TarEntryType.Directory)
        {
            if (path.Length > 0)
                MakeDirectories(path);
            // Of one that is there twice the later is meant.
            _directories[System.Text.Encoding.Latin1.GetString(path)] = (path, EntryTraits.Of(entry, extras));
            return;
        }

        if (path.Length == 0)
            throw new MalformedArchiveException($"the root of the archive is no directory but {entry.EntryType}");
        var slash = path.AsSpan().LastIndexOf((byte)'/');
        var name = path[(slash + 1)..];
        using var parent = slash < 0 ? RawOpen.Below(root, [], OpenFlags.Path | OpenFlags.Directory) : OpenParent(path[..slash]);
        // An archive may have a file twice: the later one is meant. A directory is not exchanged for something else.
        RawFile.Remove(parent, name, path);
        if (Make(parent, name, path, entry, extras, pax))
            EntryTraits.Of(entry, extras).Set(parent, name, path);
    }

    /// <summary>Gives the directories their owners, modes, attributes and times, which change while files are made in them.</summary>
    public void Finish()
    {
        foreach (var (path, traits) in _directories.Values.Reverse())
        {
            using var directory = RawOpen.Below(root, path, OpenFlags.Path | OpenFlags.Directory);
            traits.Set(directory, "."u8, path);
        }
    }

    // Returns whether there is something new to be described: another name of a file has what the file has.
    private bool Make(FileDescriptor parent, byte[] name, byte[] path, TarEntry entry, TarExtras extras, IReadOnlyDictionary<string, string>? pax)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile when extras.IsSocket:
                RawFile.MakeNode(parent, name, FileType.Socket, PrivateMode, default, path);
                return true;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                WriteContent(parent, name, path, entry, extras.Sparse ?? PaxMap(entry, pax));
                return true;
            case TarEntryType.SymbolicLink:
                RawFile.MakeSymbolicLink(parent, name, extras.Link ?? System.Text.Encoding.UTF8.GetBytes(entry.LinkName), path);
                return true;
            case TarEntryType.HardLink:
                const string What = "the target of a link,";
                var target = extras.Link is { } linked ? EntryName.Check(linked, What) : EntryName.Check(entry.LinkName, What);
                using (var first = RawOpen.Below(root, target, OpenFlags.Path | OpenFlags.NoFollow))
                    RawFile.Link(first, parent, name, path);
                return false;
            case TarEntryType.CharacterDevice or TarEntryType.BlockDevice:
                // The oldest format (V7) has no numbers for them.
                var device = entry as PosixTarEntry ?? throw new MalformedArchiveException($"device \"{entry.Name}\" has no numbers: the archive is damaged");
                var type = entry.EntryType == TarEntryType.CharacterDevice ? FileType.CharacterDevice : FileType.BlockDevice;
                RawFile.MakeNode(parent, name, type, PrivateMode, new DeviceNumber((uint)device.DeviceMajor, (uint)device.DeviceMinor), path);
                return true;
            case TarEntryType.Fifo:
                RawFile.MakeNode(parent, name, FileType.Fifo, PrivateMode, default, path);
                return true;
            default:
                throw new MalformedArchiveException($"entry \"{entry.Name}\" is of a kind ({entry.EntryType}) that no root file system has");
        }
    }

    private static SparseMap? PaxMap(TarEntry entry, IReadOnlyDictionary<string, string>? pax)
    {
        if (pax is null)
            return null;
        if (pax.TryGetValue("GNU.sparse.map", out var map))
            return SparseMap.Parse(pax.GetValueOrDefault("GNU.sparse.size") ?? "", map);
        if (pax.GetValueOrDefault("GNU.sparse.major") == "1")
            return SparseMap.Read(pax.GetValueOrDefault("GNU.sparse.realsize") ?? "", entry.DataStream ?? Stream.Null);
        return pax.ContainsKey("GNU.sparse.numblocks")
            ? throw new MalformedArchiveException(
            $"entry \"{entry.Name}\" is a sparse file in PAX format 0.0, which says the same key twice: make the archive with --sparse-version=1.0")
            : null;
    }

    private void WriteContent(FileDescriptor parent, byte[] name, byte[] path, TarEntry entry, SparseMap? map)
    {
        using var file = RawOpen.Below(parent, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow, PrivateMode);
        var data = entry.DataStream ?? Stream.Null;
        if (map is null)
        {
            long offset = 0;
            for (int count; (count = data.Read(_buffer)) > 0; offset += count)
                WriteAt(file, offset, _buffer.AsSpan(0, count), path);
            return;
        }

        FileContent.SetLength(file, map.Size, path);
        foreach (var (start, length) in map.Pieces)
        {
            for (long done = 0; done < length;)
            {
                var part = _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, length - done));
                data.ReadExactly(part);
                WriteAt(file, start + done, part, path);
                done += part.Length;
            }
        }
    }

    private void WriteAt(FileDescriptor file, long offset, ReadOnlySpan<byte> content, byte[] path)
    {
        limits.CountBytes(content.Length);
        FileContent.WriteAt(file, content, offset, path);
    }

    private FileDescriptor OpenParent(byte[] path)
    {
        try
        {
            return RawOpen.Below(root, path, OpenFlags.Path | OpenFlags.Directory);
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT)
        {
            MakeDirectories(path);
            return RawOpen.Below(root, path, OpenFlags.Path | OpenFlags.Directory);
        }
    }

    private void MakeDirectories(byte[] path)
    {
        for (var end = 0; end < path.Length;)
        {
            var next = path.AsSpan(end + 1).IndexOf((byte)'/');
            var begin = end == 0 ? 0 : end + 1;
            end = next < 0 ? path.Length : end + 1 + next;
            using var parent = begin == 0
                ? RawOpen.Below(root, [], OpenFlags.Path | OpenFlags.Directory)
                : RawOpen.Below(root, path.AsSpan(0, begin - 1), OpenFlags.Path | OpenFlags.Directory);
            RawFile.TryMakeDirectory(parent, path.AsSpan(begin, end - begin), DefaultDirectoryMode, path);
        }
    }
}
