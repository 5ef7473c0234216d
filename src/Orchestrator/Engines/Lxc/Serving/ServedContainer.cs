using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>What a monitor knows of its container, and tells those who ask.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LxcPath">Where LXC keeps it.</param>
/// <param name="Init">Its init; the caller's.</param>
/// <param name="CloneFlags">The namespaces that it does not share with the monitor (CLONE_NEW*).</param>
/// <param name="Cgroups">Its cgroups.</param>
/// <param name="Configuration">Its configuration as it runs.</param>
/// <param name="Terminals">Its terminals.</param>
internal sealed record ServedContainer(
    string Name, string LxcPath, ProcessHandle Init, int CloneFlags, ServedCgroups Cgroups, RunningConfiguration Configuration, ServedTerminals Terminals);
