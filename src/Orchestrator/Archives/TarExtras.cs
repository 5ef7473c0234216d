using System.Text;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Archives;

/// <summary>What an entry has that System.Formats.Tar does not hand on unharmed.</summary>
internal sealed class TarExtras
{
    /// <summary>Extended attributes (SCHILY.xattr), whose values are any bytes.</summary>
    public List<(byte[] Name, byte[] Value)> Attributes { get; } = [];

    /// <summary>The map of an old GNU sparse file; null for another.</summary>
    public SparseMap? Sparse { get; set; }

    /// <summary>The name of a sparse file (GNU.sparse.name), whose entry has another; null for another file.</summary>
    public byte[]? SparseName { get; set; }

    /// <summary>Its path, of any bytes; null where the header has it.</summary>
    public byte[]? Path { get => SparseName ?? field; set; }

    /// <summary>What a link points to, of any bytes; null where the header has it.</summary>
    public byte[]? Link { get; set; }

    /// <summary>Its owner; null where the header has it.</summary>
    public uint? UserId { get; set; }

    /// <summary>Its group; null where the header has it.</summary>
    public uint? GroupId { get; set; }

    /// <summary>When it was written last, to the nanosecond; null where the header has it.</summary>
    public FileTimestamp? Modification { get; set; }

    /// <summary>The bytes of its data; null where the header has it.</summary>
    public long? DataSize { get; set; }

    /// <summary>Whether it stands for a socket, which tar has no type for.</summary>
    public bool IsSocket { get; set; }

    /// <summary>Its path as text, with U+FFFD for what is none; null where the header has it.</summary>
    public string? PathText => Path is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
