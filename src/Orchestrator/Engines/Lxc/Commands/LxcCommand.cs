namespace LxcNative.Orchestrator.Engines.Lxc.Commands;

/// <summary>What can be asked of a container's monitor (LXC's commands.h): the numbers are frozen across 3.x to 7.x, an unknown one is answered with
/// -ENOSYS.</summary>
internal enum LxcCommand
{
    /// <summary>The master of a terminal; the connection that is kept open is the claim to it.</summary>
    GetTerminal = 0,

    /// <summary>Was a terminal's size; LXC's monitor hangs up on it.</summary>
    TerminalSize = 1,

    /// <summary>End the container. No answer: the connection ends when the container has; an answer is an error.</summary>
    Stop = 2,

    /// <summary>The <see cref="LxcState"/>, in the value.</summary>
    GetState = 3,

    /// <summary>The pid of init as the monitor's pid namespace has it, in the value.</summary>
    GetInitPid = 4,

    /// <summary>The namespaces that the container was made with (CLONE_NEW*), in the value.</summary>
    GetCloneFlags = 5,

    /// <summary>The cgroup of a controller, as text.</summary>
    GetCgroup = 6,

    /// <summary>The running value of a configuration key, as text.</summary>
    GetConfigItem = 7,

    /// <summary>The container's name, as text.</summary>
    GetName = 8,

    /// <summary>The directory that the container is kept in, as text.</summary>
    GetLxcPath = 9,

    /// <summary>Be told when the container comes into one of some states.</summary>
    AddStateClient = 10,

    /// <summary>The console's ring buffer.</summary>
    ConsoleLog = 11,

    /// <summary>Tell the state to those who wait for it, and take it over.</summary>
    ServeStateClients = 12,

    /// <summary>Take over the listener of a container's seccomp filter.</summary>
    AddSeccompListener = 13,

    /// <summary>Allow or deny a device in a version 2 cgroup, by its program.</summary>
    AddDevice = 14,

    /// <summary>Freeze; version 2 cgroups alone.</summary>
    Freeze = 15,

    /// <summary>Thaw; version 2 cgroups alone.</summary>
    Unfreeze = 16,

    /// <summary>The container's version 2 cgroup, opened.</summary>
    GetCgroup2Descriptor = 17,

    /// <summary>A pidfd of init.</summary>
    GetInitPidfd = 18,

    /// <summary>The cgroup whose limits are the container's, as text: above the container's own where <c>lxc.cgroup.dir.container.inner</c> is set.</summary>
    GetLimitCgroup = 19,

    /// <summary>The version 2 cgroup whose limits are the container's, opened.</summary>
    GetLimitCgroup2Descriptor = 20,

    /// <summary>The container's devpts, opened.</summary>
    GetDevptsDescriptor = 21,

    /// <summary>The listener of the container's seccomp filter.</summary>
    GetSeccompNotifyDescriptor = 22,

    /// <summary>All of the container's cgroups, opened.</summary>
    GetCgroupContext = 23,

    /// <summary>The container's cgroup of one controller, opened.</summary>
    GetCgroupDescriptor = 24,

    /// <summary>The cgroup of one controller whose limits are the container's, opened.</summary>
    GetLimitCgroupDescriptor = 25,

    /// <summary>The systemd scope that the container is in, as text.</summary>
    GetSystemdScope = 26,
}
