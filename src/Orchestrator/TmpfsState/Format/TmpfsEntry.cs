namespace LxcNative.Orchestrator.TmpfsState.Format;

/// <summary>A file of a tmpfs without its content.</summary>
internal sealed record TmpfsEntry
{
    /// <summary>The path below the root of the tmpfs, as bytes; empty for the root itself.</summary>
    public required byte[] Path { get; init; }

    /// <summary>Type and permission bits (st_mode).</summary>
    public required uint Mode { get; init; }

    /// <summary>The owner.</summary>
    public required uint UserId { get; init; }

    /// <summary>The group.</summary>
    public required uint GroupId { get; init; }

    /// <summary>Last access, in seconds and nanoseconds since 1970.</summary>
    public required (long Seconds, uint Nanoseconds) AccessTime { get; init; }

    /// <summary>Last change of the content, in seconds and nanoseconds since 1970.</summary>
    public required (long Seconds, uint Nanoseconds) ModifyTime { get; init; }

    /// <summary>For a device, which one.</summary>
    public (uint Major, uint Minor) Device { get; init; }

    /// <summary>For a regular file, its length in bytes.</summary>
    public long Size { get; init; }

    /// <summary>For a symbolic link, its text.</summary>
    public byte[] Target { get; init; } = [];

    /// <summary>Extended attributes, access control lists among them.</summary>
    public IReadOnlyList<(byte[] Name, byte[] Value)> Attributes { get; init; } = [];
}
