using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Archives.Roots;

/// <summary>Walks a root that nobody changes, always in the same order. No symbolic link is followed and no mount crossed.</summary>
/// <param name="root">The root's directory; stays the caller's.</param>
internal sealed class RootTree(FileDescriptor root)
{
    // A map of more pieces is no use to whoever reads it: the holes are zeros then.
    private const int MostPieces = 1 << 16;

    private readonly byte[] _listing = new byte[32 * 1024];
    private readonly byte[] _small = new byte[ExtendedAttributes.Longest];
    private readonly Dictionary<(DeviceNumber, ulong), byte[]> _firstNames = [];

    /// <summary>The files: a directory, its files, then its directories with theirs. May be asked for once.</summary>
    /// <exception cref="SyscallException">Something could not be read; ENAMETOOLONG: a path is longer than an archive's can be.</exception>
    public IEnumerable<RootFile> Files()
    {
        var waiting = new Stack<byte[]>();
        waiting.Push([]);
        while (waiting.TryPop(out var path))
        {
            using var directory = RawOpen.Below(root, path, OpenFlags.ReadOnly | OpenFlags.Directory);
            yield return Look(directory, [], path);
            var names = RawNames.Read(directory, path, _listing);
            names.Sort((one, other) => one.AsSpan().SequenceCompareTo(other));
            var below = new List<byte[]>();
            foreach (var name in names)
            {
                var child = RawPath.Join(path, name);
                if (child.Length > EntryName.Longest)
                    throw new SyscallException("openat2", "a path in the root", Errno.ENAMETOOLONG,
                        $"the longest that an archive takes is {EntryName.Longest}");
                if (RawStatus.Read(directory, name).Status.IsDirectory)
                    below.Add(child);
                else
                    yield return Look(directory, name, child);
            }

            for (var i = below.Count - 1; i >= 0; i--)
                waiting.Push(below[i]);
        }
    }

    /// <summary>Opens a regular file, as it was when it was looked at.</summary>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="IOException">It is another one by now.</exception>
    public FileDescriptor Open(RootFile file)
    {
        var content = Open(root, file.Path);
        if (FileStatus.Read(content) is var now && now == file.Details.Status)
            return content;
        content.Dispose();
        throw Changed(file.Path);
    }

    /// <summary>What is thrown where a root is changed while it is read.</summary>
    public static IOException Changed(ReadOnlySpan<byte> path) => new($"\"{System.Text.Encoding.UTF8.GetString(path)}\" was changed while the root was read");

    // A pipe that somebody puts there would be waited for.
    private static FileDescriptor Open(FileDescriptor directory, ReadOnlySpan<byte> name) =>
        RawOpen.Below(directory, name, OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking);

    private RootFile Look(FileDescriptor directory, byte[] name, byte[] path)
    {
        var details = RawStatus.Read(directory, name);
        var status = details.Status;
        if (status is { IsDirectory: false, LinkCount: > 1 } && !_firstNames.TryAdd((status.Device, status.Inode), path))
            return new RootFile(path, details) { First = _firstNames[(status.Device, status.Inode)] };
        return new RootFile(path, details)
        {
            Target = status.Type == FileType.SymbolicLink ? RawStatus.ReadLink(directory, name, _small) : [],
            Attributes = [.. ExtendedAttributes.List(directory, name, _small).OrderBy(one => Convert.ToHexString(one.Name), StringComparer.Ordinal)],
            // What takes as many blocks as it is long has no holes.
            Sparse = status.Type == FileType.Regular && details.Blocks * TarBlocks.Size < status.Size ? Holes(directory, name, (long)status.Size) : null,
        };
    }

    private static SparseMap? Holes(FileDescriptor directory, byte[] name, long size)
    {
        using var file = Open(directory, name);
        FileAdvice.DoNotNeed(file);
        var pieces = new List<(long Offset, long Length)>();
        for (long end = 0; end < size && FileContent.NextData(file, end, name) is { } start;)
        {
            end = Math.Min(FileContent.NextHole(file, start, name), size);
            if (pieces.Count == MostPieces)
                return null;
            if (end > start)
                pieces.Add((start, end - start));
        }

        if (pieces is [(0, var whole)] && whole == size)
            return null;
        if (pieces.Count == 0 || pieces[^1].Offset + pieces[^1].Length < size)
            pieces.Add((size, 0));
        return SparseMap.Checked(size, pieces);
    }
}
