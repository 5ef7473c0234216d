using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Archives.Roots;

/// <summary>A file of a root, to be written into an archive.</summary>
/// <param name="Path">Its path below the root, of any bytes; empty for the root itself.</param>
/// <param name="Details">What the kernel knows of it.</param>
internal sealed record RootFile(byte[] Path, FileDetails Details)
{
    /// <summary>The first name of a file that has several; null where this is that one, or the only one.</summary>
    public byte[]? First { get; init; }

    /// <summary>What a symbolic link says.</summary>
    public byte[] Target { get; init; } = [];

    /// <summary>Its extended attributes; those of a file's first name alone are written.</summary>
    public IReadOnlyList<(byte[] Name, byte[] Value)> Attributes { get; init; } = [];

    /// <summary>Where its data are, where it has holes; null where it has none.</summary>
    public SparseMap? Sparse { get; init; }

    /// <summary>What kind of file it is.</summary>
    public FileType Type => Details.Status.Type;

    /// <summary>The pieces of its content that are written.</summary>
    public IReadOnlyList<(long Offset, long Length)> Pieces =>
        First is not null || Type != FileType.Regular ? [] : Sparse?.Pieces ?? [(0, (long)Details.Status.Size)];
}
