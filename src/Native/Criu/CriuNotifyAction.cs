namespace LxcNative.Native.Criu;

/// <summary>The moments at which criu waits for its caller, in the order of their coming. Pids are only known where said.</summary>
public enum CriuNotifyAction
{
    /// <summary>A moment this library does not know; <see cref="CriuNotification.Text"/> has criu's word for it.</summary>
    Unknown,

    /// <summary>Dump: the tasks still run. A refusal ends the dump, nothing was frozen.</summary>
    PreDump,

    /// <summary>Dump: the tasks are frozen, their own network namespace is to be locked. A refusal resumes them.
    /// Only where the tasks have a network namespace of their own.</summary>
    NetworkLock,

    /// <summary>Dump: the tasks are frozen; criu asks for external files.</summary>
    QueryExtFiles,

    /// <summary>Dump: the tasks are frozen, the images are complete. A refusal resumes them, but no <see cref="NetworkUnlock"/> reaches the caller.</summary>
    PostDump,

    /// <summary>Dump: before tasks are resumed (not before they are killed). Restore: all sockets exist. Cannot be refused.
    /// Only where the tasks have a network namespace of their own.</summary>
    NetworkUnlock,

    /// <summary>Restore: nothing exists yet.</summary>
    PreRestore,

    /// <summary>Restore: the root task exists in its new, empty namespaces. Has its pid.</summary>
    SetupNamespaces,

    /// <summary>Restore: namespaces have their content, mounts included.</summary>
    PostSetupNamespaces,

    /// <summary>Restore: the new master of a terminal arrives in <see cref="CriuNotification.OrphanPtsMaster"/>.</summary>
    OrphanPtsMaster,

    /// <summary>Restore: all tasks are complete, the network is still locked. Has the root task's pid. The last that can be refused.</summary>
    PostRestore,

    /// <summary>Restore: all tasks are about to run. Cannot be refused.</summary>
    PreResume,

    /// <summary>Restore: the tasks run. Cannot be refused.</summary>
    PostResume,

    /// <summary>A page server or service is ready.</summary>
    StatusReady,
}
