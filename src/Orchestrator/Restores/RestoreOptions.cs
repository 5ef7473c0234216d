using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Engines;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Restores;

/// <summary>How a checkpoint is restored; without any of it, to what it was.</summary>
public sealed record RestoreOptions
{
    /// <summary>The <see cref="LsmProfile"/> that confines nothing.</summary>
    public const string Unconfined = "none";

    /// <summary>The <see cref="LogFile"/> where none is named.</summary>
    public const string UsualLog = "restore.log";

    /// <summary>The directory to use as the container's root instead of the one it had.</summary>
    public string? Root { get; init; }

    /// <summary>Another name: a container beside the one that was checkpointed, with its own MACs, host ends, cgroups, LXC configuration and, unless
    /// <see cref="Root"/> names one, an overlay over the other's root; established connections are closed in it. Null for the name that it had.</summary>
    public string? Name { get; init; }

    /// <summary>With <see cref="Name"/>: its addresses, in the place of the other's of the same device and family; none to keep those, which is refused where
    /// the other one runs.</summary>
    public IReadOnlyList<CloneAddress> Addresses { get; init; } = [];

    /// <summary>With <see cref="Name"/>: the MAC of its first device, as hexadecimal with colons; null for a random one.</summary>
    public string? HardwareAddress { get; init; }

    /// <summary>With <see cref="Name"/>: its host name; null for its name.</summary>
    public string? HostName { get; init; }

    /// <summary>Other names for host ends, and other bridges.</summary>
    public IReadOnlyList<VethPairOption> VethPairs { get; init; } = [];

    /// <summary>Another profile of a security module for all tasks, in criu's words: <c>apparmor:PROFILE</c>, <c>selinux:LABEL</c>, or <see cref="Unconfined"/>
    /// to restore them unconfined; null for what each had.</summary>
    public string? LsmProfile { get; init; }

    /// <summary>External resources, in criu's syntax of a restore (<c>mnt[KEY]:PATH</c>, <c>dev[KEY]:PATH</c>, ...): where what
    /// <see cref="Checkpoints.CheckpointOptions.External"/> left out of the images comes from. They come before those of the checkpoint.</summary>
    public IReadOnlyList<string> External { get; init; } = [];

    /// <summary>Bring established TCP connections back as closed, though the images have them: their other ends may have gone since.</summary>
    public bool TcpClose { get; init; }

    /// <summary>Take files that have been written, or have another mode, since the checkpoint as they are now: what of them was in memory, and what the
    /// tasks do next, may not fit them. Programs and libraries that have changed, and files that are gone, are refused all the same.</summary>
    public bool AcceptChangedFiles { get; init; }

    /// <summary>Whether every image is read and compared with its checksum before anything is made of it, which costs little more than reading it; with its
    /// SHA-256 where a <see cref="VerifyKey"/> is given, or where there are no checksums: about a second for each GiB.</summary>
    public bool CheckHashes { get; init; } = true;

    /// <summary>The file of a public key (ECDSA, in PEM) whose owner has to have signed the checkpoint; null for whoever made it.</summary>
    public string? VerifyKey { get; init; }

    /// <summary>Compare it with its checkpoint when all of it is there, before any of it runs: tasks with their rights, mounts, namespaces, network, rule sets,
    /// settings, cgroups with their limits. What differs is told (<see cref="RestoreResult.Comparison"/>).</summary>
    public bool Verify { get; init; }

    /// <summary>The same, and end it before anything of it has run where something differs, or could not be compared.</summary>
    public bool Strict { get; init; }

    /// <summary>What becomes of packets that come before the container runs: held, they go on when it does; where the kernel cannot hold them they are dropped,
    /// with a warning.</summary>
    public NetworkLockMode Lock { get; init; } = NetworkLockMode.Hold;

    /// <summary>Leave the container to the host's init instead of a monitor of ours: nobody then clears away its cgroups and its AppArmor policy when it
    /// ends.</summary>
    public bool Detached { get; init; }

    /// <summary>A file to write the host-side pid of the container's init into.</summary>
    public string? PidFile { get; init; }

    /// <summary>The name of criu's log in the images directory.</summary>
    public string LogFile { get; init; } = UsualLog;

    /// <summary>How much criu logs, 0 to 4.</summary>
    public int Verbosity { get; init; } = 2;

    /// <summary>Make a timeline (<see cref="RestoreResult.Timeline"/>), for which criu logs at level 4 whatever <see cref="Verbosity"/> says.</summary>
    public bool Timeline { get; init; }

    /// <summary>Where to look for criu.</summary>
    public CriuSearch Criu { get; init; } = CriuPlaces.Usual;

    /// <summary>The program that becomes the monitor; null to find it (<see cref="Monitoring.MonitorProgram"/>).</summary>
    public string? MonitorProgram { get; init; }
}
