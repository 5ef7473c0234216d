using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Engines;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What a checkpoint shall do; the defaults suit a container. Names follow criu's options.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Where the images go: a directory that is empty or does not exist. Null for a new one in <see cref="Store"/>.</summary>
    public string? ImagesDirectory { get; init; }

    /// <summary>The store that a checkpoint goes to whose <see cref="ImagesDirectory"/> nobody named. Null for <see
    /// cref="CheckpointStore.DefaultPath"/>.</summary>
    public string? Store { get; init; }

    /// <summary>What the checkpoint is called: up to 100 letters, digits and _ . - + : @ =, and no . or - first. Null for nothing.</summary>
    public string? Label { get; init; }

    /// <summary>The file of a private key (ECDSA, in PEM) that signs the manifest; null for no signature.</summary>
    public string? SigningKey { get; init; }

    /// <summary>Let the container run on; else it is gone when the checkpoint is complete.</summary>
    public bool LeaveRunning { get; init; }

    /// <summary>Restore it at once, in its own place: its images are kept, and it goes on from there. Its network namespace outlives it where it can, and what
    /// comes is held from the freeze until it is back.</summary>
    public bool Restore { get; init; }

    /// <summary>Copy the memory while the container runs; null where it is copied while it stands still. For <see cref="LeaveRunning"/>: what ends has to have
    /// complete images before.</summary>
    public PreCopy? PreCopy { get; init; }

    /// <summary>Keep established TCP connections, with all data queued in them.</summary>
    public bool TcpEstablished { get; init; } = true;

    /// <summary>Dump established TCP connections as closed.</summary>
    public bool TcpClose { get; init; }

    /// <summary>Dump file locks.</summary>
    public bool FileLocks { get; init; } = true;

    /// <summary>Give a temporary name to open files whose name was removed while another link exists.</summary>
    public bool LinkRemap { get; init; } = true;

    /// <summary>The largest unlinked open file, in bytes, whose content is put into the images; null for criu's own limit of 1 MiB.</summary>
    public uint? GhostLimit { get; init; }

    /// <summary>Use any path to a device node when the one it was opened by is gone.</summary>
    public bool EvasiveDevices { get; init; }

    /// <summary>Allow a session whose leader, or a terminal whose other end, is outside the container.</summary>
    public bool ShellJob { get; init; }

    /// <summary>How much of the cgroups is dumped and restored.</summary>
    public CriuManageCgroups ManageCgroups { get; init; } = CriuManageCgroups.Soft;

    /// <summary>What becomes of packets that come while the container stands still: held, they go on when it does; where the kernel cannot hold them they are
    /// dropped, with a warning.</summary>
    public NetworkLockMode Lock { get; init; } = NetworkLockMode.Hold;

    /// <summary>Who saves the network namespace.</summary>
    public CaptureMode Network { get; init; }

    /// <summary>Who saves private tmpfs (/dev, /run, ...).</summary>
    public CaptureMode Tmpfs { get; init; }

    /// <summary>Further external resources, in criu's syntax (<c>mnt[/path]:key</c>, <c>unix[inode]</c>, ...).</summary>
    public IReadOnlyList<string> External { get; init; } = [];

    /// <summary>The name of criu's log in the images directory.</summary>
    public string LogFile { get; init; } = "dump.log";

    /// <summary>How much criu logs, 0 to 4. 2 has warnings and errors and costs next to nothing; 4 makes the pause about a fifth longer.</summary>
    public int Verbosity { get; init; } = 2;

    /// <summary>Make a timeline (<see cref="CheckpointResult.Timeline"/>), for which criu logs at level 4 whatever <see cref="Verbosity"/> says.</summary>
    public bool Timeline { get; init; }

    /// <summary>How long freezing may take before the checkpoint is given up, in whole seconds; null for criu's own 10.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long criu may do nothing at all while the container stands still, as when it waits for a disk, before it is ended and the container goes
    /// on; null for two minutes.</summary>
    public TimeSpan? StallTimeout { get; init; }

    /// <summary>Checkpoint although the pre-flight found something that blocks (<see cref="RefusedException"/>): criu has the last word.</summary>
    public bool Force { get; init; }

    /// <summary>Whether the checkpoint is restored once, beside the container that stands still, up to the moment before anything of it would run. Where that
    /// fails the container runs on.</summary>
    public RehearsalMode Rehearse { get; init; }

    /// <summary>How long a rehearsal may take: one that takes longer has failed. Null for a minute.</summary>
    public TimeSpan? RehearsalTimeout { get; init; }

    /// <summary>Asked when the images are complete and, where they are rehearsed, are known to come back; the container stands still meanwhile. False, an
    /// exception or no answer in time let it run on, and there is no checkpoint. Called on a thread of its own; the token is cancelled when an answer comes too
    /// late. Null for nobody.</summary>
    public Func<CommitRequest, CancellationToken, bool>? Commit { get; init; }

    /// <summary>A program that is asked in the same way, after <see cref="Commit"/>: its path. It gets the images directory and the container's name as
    /// arguments, and says yes by ending with 0. Null for none.</summary>
    public string? CommitCommand { get; init; }

    /// <summary>How long <see cref="Commit"/> may take, and <see cref="CommitCommand"/> after it. Null for a minute.</summary>
    public TimeSpan? CommitTimeout { get; init; }

    /// <summary>The program that becomes the process that rehearses; null to find it, as for a restore
    /// (<see cref="Restores.RestoreOptions.MonitorProgram"/>).</summary>
    public string? MonitorProgram { get; init; }

    /// <summary>Where to look for criu.</summary>
    public CriuSearch Criu { get; init; } = CriuPlaces.Usual;

    /// <summary>Whether the images are thrown away in a moment: nothing is done for those who keep some.</summary>
    internal bool IsThrownAway { get; init; }

    /// <summary>The options of a checkpoint that is made to be rehearsed and thrown away; the container runs on.</summary>
    /// <param name="directory">Where its images go.</param>
    /// <param name="rehearse">Whether it is rehearsed while the container stands still.</param>
    internal CheckpointOptions ThrownAway(string directory, RehearsalMode rehearse) => this with
    {
        ImagesDirectory = directory,
        Label = null,
        LeaveRunning = true,
        Restore = false,
        Rehearse = rehearse,
        PreCopy = null,
        Timeline = false,
        Commit = null,
        CommitCommand = null,
        IsThrownAway = true,
    };
}
