using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Whether a container runs as it did, after a checkpoint of it failed.</summary>
internal static class ContainerHealth
{
    /// <summary>What is wrong with it, or null when all its tasks run.</summary>
    public static string? Trouble(Container container)
    {
        if (ProcessGlance.Stat(container.InitPid) is not { } init || init.StartTimeTicks != container.InitStartTime || init.State is 'Z' or 'X')
            return $"the init of {container.Name}, process {container.InitPid}, is gone";
        foreach (var process in container.Processes.SelfAndDescendants())
        {
            // A process may have ended by itself since it was found: only one that is there and held by somebody is trouble.
            if (ProcessGlance.Status(process.Pid) is not { } status)
                continue;
            if (status.TracerPid != 0)
                return $"process {process.Pid} ({process.Name}) is still traced by {status.TracerPid}";
            if (status.State is 'T' or 't' && process.State is not ('T' or 't'))
                return $"process {process.Pid} ({process.Name}) is still stopped: `kill -CONT {process.Pid}` lets it go on";
        }

        return null;
    }
}
