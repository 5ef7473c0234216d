using LxcNative.Native.Files;
using LxcNative.Native.Terminals;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Something that a process has open.</summary>
internal sealed class ObservedFile
{
    /// <summary>The number of what is mapped.</summary>
    public const int Mapped = -1;

    /// <summary>The number of the program.</summary>
    public const int Program = -2;

    /// <summary>The number of the working directory.</summary>
    public const int WorkingDirectory = -3;

    public required ObservedProcess Process { get; init; }

    /// <summary>The descriptor, or what else it is.</summary>
    public required int Number { get; init; }

    /// <summary>What the link in /proc says.</summary>
    public required string Target { get; init; }

    /// <summary>st_mode.</summary>
    public required uint Mode { get; init; }

    public required DeviceNumber Device { get; init; }

    public required ulong Inode { get; init; }

    public required uint LinkCount { get; init; }

    /// <summary>The space that it takes, in bytes.</summary>
    public required ulong AllocatedBytes { get; init; }

    /// <summary>For a device node, the device.</summary>
    public required DeviceNumber Special { get; init; }

    /// <summary>The mount it was opened through.</summary>
    public required int MountId { get; init; }

    /// <summary>/proc/PID/fdinfo/N; null for kinds of which nothing in it matters.</summary>
    public string? Info { get; set; }

    /// <summary>What its path names now.</summary>
    public PathState Path { get; set; }

    /// <summary>For inotify: whether each watched inode still has a name.</summary>
    public IReadOnlyList<InotifyWatch> Watches { get; set; } = [];

    /// <summary>For epoll: the numbers that it watches and that no descriptor of the process stands for any more.</summary>
    public IReadOnlyList<int> EscapedTargets { get; set; } = [];

    /// <summary>For the slave of a pseudo-terminal, and /dev/tty: whether another descriptor, before this in the tree, is of the same opening.</summary>
    public bool IsOpenBefore { get; set; }

    /// <summary>Whether it is the slave of a pseudo-terminal, open in a descriptor.</summary>
    public bool IsTerminal => Number >= 0 && Type == FileType.CharacterDevice && TerminalDevices.IsSlave(Special);

    /// <summary>Whether it is /dev/tty, open in a descriptor.</summary>
    public bool IsTty => Number >= 0 && Type == FileType.CharacterDevice && Special == TerminalDevices.Tty;

    public FileType Type => ModeBits.Type(Mode);

    /// <summary>Whether it was opened by a path of a mounted file system.</summary>
    public bool HasPath => Target.StartsWith('/') && Type != FileType.Socket && !IsMemory;

    /// <summary>Whether it is memory that has no file: memfd, System V, huge pages, shared anonymous, secret.</summary>
    public bool IsMemory => Target.StartsWith("/memfd:", StringComparison.Ordinal) || Target.StartsWith("/SYSV", StringComparison.Ordinal)
        || Target.StartsWith("/dev/zero (", StringComparison.Ordinal) || Target.StartsWith("/anon_hugepage", StringComparison.Ordinal)
        || Target.StartsWith("/secretmem", StringComparison.Ordinal) || Target.StartsWith("/[aio]", StringComparison.Ordinal)
        || Target.StartsWith("/i915", StringComparison.Ordinal) || Target.StartsWith("/dmabuf:", StringComparison.Ordinal);

    /// <summary>The path that it was opened by, without what the kernel appends when that is gone.</summary>
    public string PathText => Target.EndsWith(" (deleted)", StringComparison.Ordinal) ? Target[..^" (deleted)".Length] : Target;

    /// <summary>How messages call it.</summary>
    public string Describe() => Number switch
    {
        Mapped => $"memory of {Process.Describe()}",
        Program => $"the program of {Process.Describe()}",
        WorkingDirectory => $"the working directory of {Process.Describe()}",
        _ => $"descriptor {Number} of {Process.Describe()}",
    };
}
