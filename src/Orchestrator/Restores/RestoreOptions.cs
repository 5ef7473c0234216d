using LxcNative.Native.Criu;

namespace LxcNative.Orchestrator.Restores;

/// <summary>How a checkpoint is restored; without any of it, to what it was.</summary>
public sealed record RestoreOptions
{
    /// <summary>The <see cref="LsmProfile"/> that confines nothing.</summary>
    public const string Unconfined = "none";

    /// <summary>The directory to use as the container's root instead of the one it had.</summary>
    public string? Root { get; init; }

    /// <summary>Other names for host ends, and other bridges.</summary>
    public IReadOnlyList<VethPairOption> VethPairs { get; init; } = [];

    /// <summary>Another profile of a security module for all tasks, in criu's words: <c>apparmor:PROFILE</c>, <c>selinux:LABEL</c>, or <see cref="Unconfined"/>
    /// to restore them unconfined; null for what each had.</summary>
    public string? LsmProfile { get; init; }

    /// <summary>Leave the container to the host's init instead of a monitor of ours: nobody then clears away its cgroups and its AppArmor policy when it ends.</summary>
    public bool Detached { get; init; }

    /// <summary>A file to write the host-side pid of the container's init into.</summary>
    public string? PidFile { get; init; }

    /// <summary>The name of criu's log in the images directory.</summary>
    public string LogFile { get; init; } = "restore.log";

    /// <summary>How much criu logs, 0 to 4.</summary>
    public int Verbosity { get; init; } = 2;

    /// <summary>Make a timeline (<see cref="RestoreResult.Timeline"/>), for which criu logs at level 4 whatever <see cref="Verbosity"/> says.</summary>
    public bool Timeline { get; init; }

    /// <summary>Where to look for criu.</summary>
    public CriuSearch Criu { get; init; } = new();

    /// <summary>The program that becomes the monitor; null to find it (<see cref="Monitoring.MonitorProgram"/>).</summary>
    public string? MonitorProgram { get; init; }
}
