using System.Text;

namespace LxcNative.Orchestrator.Archives.Roots;

/// <summary>The names in an archive: paths below the root, of any bytes, without anything that leads elsewhere.</summary>
internal static class EntryName
{
    /// <summary>The longest path, in bytes: with that of the directory beside its place before it, the kernel still takes it.</summary>
    public const int Longest = 4000;

    private const int LongestPart = 255;

    /// <summary>The path; empty for the root itself.</summary>
    /// <exception cref="MalformedArchiveException">It is absolute, leads upwards, or is no path.</exception>
    public static byte[] Check(ReadOnlySpan<byte> name, string what = "entry")
    {
        var shown = Encoding.UTF8.GetString(name.Length > 60 ? name[..60] : name);
        if (name.StartsWith("/"u8))
            throw new MalformedArchiveException($"{what} \"{shown}\" is absolute: it could lead anywhere on this host");
        var path = new List<byte>();
        foreach (var range in name.Split((byte)'/'))
        {
            var part = name[range];
            if (part.IsEmpty || part.SequenceEqual("."u8))
                continue;
            if (part.SequenceEqual(".."u8))
                throw new MalformedArchiveException($"{what} \"{shown}\" leads upwards (..): it could lead out of the root file system");
            if (part.Length > LongestPart || part.Contains((byte)0))
                throw new MalformedArchiveException($"{what} \"{shown}\" is no name for a file");
            if (path.Count > 0)
                path.Add((byte)'/');
            path.AddRange(part);
        }

        return path.Count <= Longest ? [.. path] : throw new MalformedArchiveException($"{what} \"{shown}...\" is longer than a path can be");
    }

    /// <summary>The same of a name that was text already.</summary>
    /// <exception cref="MalformedArchiveException">It is absolute, leads upwards, or is no path; or it was no text.</exception>
    public static byte[] Check(string name, string what = "entry") => !name.Contains('\ufffd', StringComparison.Ordinal)
        ? Check(Encoding.UTF8.GetBytes(name), what)
        : throw new MalformedArchiveException($"{what} \"{name}\" is no text, and its archive has no other way to say it");
}
