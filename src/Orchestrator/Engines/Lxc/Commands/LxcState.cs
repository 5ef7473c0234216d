namespace LxcNative.Orchestrator.Engines.Lxc.Commands;

/// <summary>The state of a container (LXC's state.h).</summary>
internal enum LxcState
{
    /// <summary>It does not run.</summary>
    Stopped = 0,

    /// <summary>Its init is being made.</summary>
    Starting = 1,

    /// <summary>It runs.</summary>
    Running = 2,

    /// <summary>Its init has ended, or is about to.</summary>
    Stopping = 3,

    /// <summary>It could not be started.</summary>
    Aborting = 4,

    /// <summary>It is about to be frozen.</summary>
    Freezing = 5,

    /// <summary>It is frozen.</summary>
    Frozen = 6,

    /// <summary>It runs again, after a freeze.</summary>
    Thawed = 7,
}
