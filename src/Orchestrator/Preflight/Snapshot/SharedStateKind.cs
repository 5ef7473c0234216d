namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>What two processes may share (kcmp(2); the values are KCMP_ of linux/kcmp.h).</summary>
internal enum SharedStateKind
{
    /// <summary>The address space (CLONE_VM).</summary>
    Memory,

    /// <summary>Root, working directory and umask (CLONE_FS).</summary>
    FileSystem,
}
