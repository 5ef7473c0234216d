using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Parts.Tmpfs.Format;

/// <summary>A file of a tmpfs without its content.</summary>
internal sealed record TmpfsEntry
{
    /// <summary>The path below the root of the tmpfs, as bytes; empty for the root itself.</summary>
    public required byte[] Path { get; init; }

    /// <summary>Type and permission bits (st_mode).</summary>
    public required uint Mode { get; init; }

    /// <summary>What kind of file it is.</summary>
    public FileType Type => ModeBits.Type(Mode);

    /// <summary>The owner.</summary>
    public required uint UserId { get; init; }

    /// <summary>The group.</summary>
    public required uint GroupId { get; init; }

    /// <summary>Last access.</summary>
    public required FileTimestamp AccessTime { get; init; }

    /// <summary>Last change of the content.</summary>
    public required FileTimestamp ModifyTime { get; init; }

    /// <summary>For a device, which one.</summary>
    public DeviceNumber Device { get; init; }

    /// <summary>For a regular file, its length in bytes.</summary>
    public long Size { get; init; }

    /// <summary>For a symbolic link, its text.</summary>
    public byte[] Target { get; init; } = [];

    /// <summary>Extended attributes, access control lists among them.</summary>
    public IReadOnlyList<(byte[] Name, byte[] Value)> Attributes { get; init; } = [];
}
