namespace LxcNative.Orchestrator.Preflight;

/// <summary>Something that was seen and what follows from it.</summary>
public sealed record Finding
{
    /// <summary>The rule's id (LXN001, ...): stable, for scripts and for <c>lxcnative check --explain</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What follows from it, under the options that were given.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>Whether the checkpoint, or the restore, that was asked about cannot be done for it.</summary>
    internal bool Blocks => Severity >= FindingSeverity.BlocksRestore;

    /// <summary>The rule in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What was seen: the process, descriptor, mount, socket or device by its name.</summary>
    public required string Seen { get; init; }

    /// <summary>Why it matters.</summary>
    public required string Why { get; init; }

    /// <summary>What to do.</summary>
    public required string Remedy { get; init; }

    /// <summary>The option that permits it; null where none does.</summary>
    public string? Permit { get; init; }

    /// <summary>A part of the line that criu would log for it, letter by letter; null where criu would not refuse, or refuses without saying this.</summary>
    public string? CriuMessage { get; init; }

    /// <summary>The process it is about, as the host sees it.</summary>
    public int? Pid { get; init; }

    /// <summary>The descriptor of that process.</summary>
    public int? Descriptor { get; init; }

    /// <summary>The mount point it is about, as the container sees it.</summary>
    public string? MountPoint { get; init; }

    /// <summary>The inode of the socket it is about.</summary>
    public ulong? SocketInode { get; init; }
}
