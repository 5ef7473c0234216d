using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Whether a container runs as it did, after a checkpoint of it failed.</summary>
internal static class ContainerHealth
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>What is wrong with it, or null when all its tasks run. What criu was killed over needs a moment to be let go by the kernel.</summary>
    public static string? Trouble(Container container)
    {
        var trouble = Look(container);
        for (var deadline = Deadline.After(Patience); trouble is not null && !IsGone(container) && !deadline.IsOver; trouble = Look(container))
            Thread.Sleep(Interval);
        return trouble;
    }

    private static string? Look(Container container)
    {
        if (IsGone(container))
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

    /// <summary>Processes that were there before and are not any more. They may have ended by themselves; a criu that died may have taken them with
    /// it.</summary>
    public static IEnumerable<string> Missing(Container container)
    {
        if (IsGone(container))
            return [];
        // Whoever a process is, its number is not used again so soon.
        return container.Processes.SelfAndDescendants()
            .Where(process => process.State is not ('Z' or 'X') && ProcessGlance.Stat(process.Pid) is null or { State: 'Z' or 'X' })
            .Select(process => $"process {process.Pid} ({process.Name}) is not there any more: it ended meanwhile, or died with criu");
    }

    /// <summary>Whether its init has ended, or will whatever happens: what has been killed does not run on, however late the kernel gets to it.</summary>
    public static bool IsGone(Container container) =>
        ProcessGlance.Stat(container.InitPid)?.StartTimeTicks != container.InitStartTime || ProcessGlance.IsEnding(container.InitPid);
}
