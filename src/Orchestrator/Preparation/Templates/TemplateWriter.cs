using System.Formats.Tar;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.TmpfsState.Interop;

namespace LxcNative.Orchestrator.Preparation.Templates;

/// <summary>Makes the files of an archive below a directory, through descriptors only: no symbolic link is ever followed.</summary>
internal sealed unsafe class TemplateWriter(FileDescriptor root, ExtractionLimits limits)
{
    private const uint DefaultDirectoryMode = 0x1ed;
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly List<(byte[] Path, TarEntry Entry, TarExtras Extras)> _directories = [];

    /// <summary>Makes what an entry says.</summary>
    /// <exception cref="MalformedArchiveException">It cannot be one of a root file system.</exception>
    /// <exception cref="SyscallException">A system call failed.</exception>
    public void Write(TarEntry entry, TarExtras extras)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
            return;
        var pax = (entry as PaxTarEntry)?.ExtendedAttributes;
        var path = EntryName.Check(pax?.GetValueOrDefault("GNU.sparse.name") ?? entry.Name);
        if (entry.EntryType == TarEntryType.Directory)
        {
            if (path.Length > 0)
                MakeDirectories(path);
            _directories.Add((path, entry, extras));
            return;
        }

        if (path.Length == 0)
            throw new MalformedArchiveException($"the root of the archive is no directory but {entry.EntryType}");
        var slash = path.AsSpan().LastIndexOf((byte)'/');
        var name = path[(slash + 1)..];
        using var parent = slash < 0 ? FilePath.Open(root, [], OpenFlags.Path | OpenFlags.Directory) : OpenParent(path[..slash]);
        Remove(parent, name);
        if (Make(parent, name, path, entry, extras, pax))
            Describe(parent, name, path, entry, extras);
    }

    /// <summary>Gives the directories their owners, modes, attributes and times, which change while files are made in them.</summary>
    public void Finish()
    {
        foreach (var (path, entry, extras) in Enumerable.Reverse(_directories))
        {
            using var directory = FilePath.Open(root, path, OpenFlags.Path | OpenFlags.Directory);
            Describe(directory, "."u8, path, entry, extras);
        }
    }

    // Returns whether there is something new to be described: another name of a file has what the file has.
    private bool Make(FileDescriptor parent, byte[] name, byte[] path, TarEntry entry, TarExtras extras, IReadOnlyDictionary<string, string>? pax)
    {
        fixed (byte* bytes = FilePath.Terminated(name))
        {
            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    WriteContent(parent, name, path, entry, extras.Sparse ?? PaxMap(entry, pax));
                    return true;
                case TarEntryType.SymbolicLink:
                    fixed (byte* target = FilePath.Terminated(System.Text.Encoding.UTF8.GetBytes(entry.LinkName)))
                        FilePath.Check(FileCalls.SymlinkAt(target, parent, bytes), "symlinkat", path);
                    return true;
                case TarEntryType.HardLink:
                    using (var first = FilePath.Open(root, EntryName.Check(entry.LinkName, "the target of a link,"), OpenFlags.Path | OpenFlags.NoFollow))
                    {
                        byte empty = 0;
                        FilePath.Check(FileCalls.LinkAt(first, &empty, parent, bytes, FileCalls.AT_EMPTY_PATH), "linkat", path);
                    }

                    return false;
                case TarEntryType.CharacterDevice or TarEntryType.BlockDevice:
                    var device = (PosixTarEntry)entry;
                    var type = entry.EntryType == TarEntryType.CharacterDevice ? FileType.CharacterDevice : FileType.BlockDevice;
                    FilePath.Check(FileCalls.MakeNodeAt(parent, bytes, (uint)type | 0x180, new DeviceNumber((uint)device.DeviceMajor, (uint)device.DeviceMinor).Value), "mknodat", path);
                    return true;
                case TarEntryType.Fifo:
                    FilePath.Check(FileCalls.MakeNodeAt(parent, bytes, (uint)FileType.Fifo | 0x180, 0), "mknodat", path);
                    return true;
                default:
                    throw new MalformedArchiveException($"entry \"{entry.Name}\" is of a kind ({entry.EntryType}) that no root file system has");
            }
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
            ? throw new MalformedArchiveException($"entry \"{entry.Name}\" is a sparse file in PAX format 0.0, which says the same key twice: make the archive with --sparse-version=1.0")
            : null;
    }

    private void WriteContent(FileDescriptor parent, byte[] name, byte[] path, TarEntry entry, SparseMap? map)
    {
        using var file = FilePath.Open(parent, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow, 0x180);
        var data = entry.DataStream ?? Stream.Null;
        if (map is null)
        {
            long offset = 0;
            for (int count; (count = data.Read(_buffer)) > 0; offset += count)
                WriteAt(file, offset, _buffer.AsSpan(0, count), path);
            return;
        }

        FilePath.Check(FileCalls.Truncate(file, map.Size), "ftruncate", path);
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
        while (!content.IsEmpty)
        {
            nint count;
            fixed (byte* bytes = content)
                count = FileCalls.WriteAt(file, bytes, (nuint)content.Length, offset);
            FilePath.Check(count, "pwrite", path);
            offset += count;
            content = content[(int)count..];
        }
    }

    private FileDescriptor OpenParent(byte[] path)
    {
        try
        {
            return FilePath.Open(root, path, OpenFlags.Path | OpenFlags.Directory);
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT)
        {
            MakeDirectories(path);
            return FilePath.Open(root, path, OpenFlags.Path | OpenFlags.Directory);
        }
    }

    private void MakeDirectories(byte[] path)
    {
        for (var end = 0; end < path.Length;)
        {
            var next = path.AsSpan(end + 1).IndexOf((byte)'/');
            var begin = end == 0 ? 0 : end + 1;
            end = next < 0 ? path.Length : end + 1 + next;
            using var parent = begin == 0 ? FilePath.Open(root, [], OpenFlags.Path | OpenFlags.Directory) : FilePath.Open(root, path.AsSpan(0, begin - 1), OpenFlags.Path | OpenFlags.Directory);
            fixed (byte* name = FilePath.Terminated(path.AsSpan(begin, end - begin)))
            {
                if (FileCalls.MakeDirectoryAt(parent, name, DefaultDirectoryMode) < 0 && Errno.Last != Errno.EEXIST)
                    throw FilePath.Failure("mkdirat", path);
            }
        }
    }

    // An archive may have a file twice: the later one is meant. A directory is not exchanged for something else.
    private static void Remove(FileDescriptor parent, byte[] name)
    {
        fixed (byte* bytes = FilePath.Terminated(name))
        {
            if (FileCalls.UnlinkAt(parent, bytes, 0) < 0 && Errno.Last != Errno.ENOENT)
                throw FilePath.Failure("unlinkat", name);
        }
    }

    // Owner first: changing it takes set-user-id bits and capabilities away.
    private static void Describe(FileDescriptor directory, ReadOnlySpan<byte> name, byte[] path, TarEntry entry, TarExtras extras)
    {
        fixed (byte* bytes = FilePath.Terminated(name), through = FilePath.Through(directory, name))
        {
            FilePath.Check(FileCalls.ChangeOwnerAt(directory, bytes, (uint)entry.Uid, (uint)entry.Gid, FileCalls.AT_SYMLINK_NOFOLLOW), "fchownat", path);
            if (entry.EntryType != TarEntryType.SymbolicLink)
                FilePath.Check(FileCalls.ChangeModeAt(directory, bytes, (uint)entry.Mode & 0xfff, 0), "fchmodat", path);
            foreach (var (attribute, value) in extras.Attributes)
            {
                fixed (byte* attributeBytes = FilePath.Terminated(attribute), valueBytes = value)
                    FilePath.Check(FileCalls.SetAttribute(through, attributeBytes, valueBytes, (nuint)value.Length, 0), "lsetxattr", path);
            }

            var ticks = entry.ModificationTime.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
            var time = new FileTime { Seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest), Nanoseconds = rest * 100 };
            var times = stackalloc FileTime[2] { time, time };
            FilePath.Check(FileCalls.SetTimesAt(directory, bytes, times, FileCalls.AT_SYMLINK_NOFOLLOW), "utimensat", path);
        }
    }
}
