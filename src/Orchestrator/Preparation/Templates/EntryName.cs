using System.Text;
using LxcNative.Orchestrator.Archives;

namespace LxcNative.Orchestrator.Preparation.Templates;

/// <summary>The names in an archive: paths below the root, without anything that leads elsewhere.</summary>
internal static class EntryName
{
    private const int Longest = 4095;

    /// <summary>The path as bytes; empty for the root itself.</summary>
    /// <exception cref="MalformedArchiveException">It is absolute, leads upwards, or is no path.</exception>
    public static byte[] Check(string name, string what = "entry")
    {
        if (name.StartsWith('/'))
            throw new MalformedArchiveException($"{what} \"{name}\" is absolute: it could lead anywhere on this host");
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        if (parts.Contains(".."))
            throw new MalformedArchiveException($"{what} \"{name}\" leads upwards (..): it could lead out of the root file system");
        if (name.Contains('\0', StringComparison.Ordinal) || name.Contains('\ufffd', StringComparison.Ordinal)
            || parts.Any(part => Encoding.UTF8.GetByteCount(part) > 255))
            throw new MalformedArchiveException($"{what} \"{name}\" is no name for a file");
        var path = Encoding.UTF8.GetBytes(string.Join('/', parts));
        return path.Length <= Longest ? path : throw new MalformedArchiveException($"{what} \"{name[..60]}...\" is longer than a path can be");
    }
}
