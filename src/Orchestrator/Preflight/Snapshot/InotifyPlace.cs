namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>How what an inotify descriptor watches can be found again.</summary>
internal enum InotifyPlace
{
    /// <summary>It has a name; or nobody could look.</summary>
    Named,

    /// <summary>It is there, but has no name any more, on a disk: criu keeps the number, and the watch ends with the file.</summary>
    NamelessOnDisk,

    /// <summary>It has no name any more, in memory, where inodes get other numbers.</summary>
    NamelessInMemory,

    /// <summary>Its file system (overlay) does not find inodes by their handles, and it is not where criu looks for it instead.</summary>
    WithoutHandle,
}
