using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Whether the place of a container is free: its name, and the container that was checkpointed.</summary>
internal static class ContainerPlace
{
    /// <summary>Finds the old container, or another of its name.</summary>
    public static IEnumerable<Finding> Check(Container container)
    {
        if (Taken(container.LxcPath, container.Name) is { } taken)
            yield return ImageRules.PlaceTaken.Found(taken);
        // A dead init that its parent has not waited for yet is no container.
        else if (!new ProcessIdentity(container.InitPid, container.InitStartTime).HasEnded)
            yield return ImageRules.PlaceTaken.Found(
                $"the container that was checkpointed still runs (init {container.InitPid}): it was left running");
    }

    /// <summary>Finds whoever has another name that the container is to get.</summary>
    public static IEnumerable<Finding> CheckAnother(Container container, string name)
    {
        var place = Path.Combine(container.LxcPath, name);
        var taken = Taken(container.LxcPath, name) ?? (Path.Exists(place) ? $"there is a container {name} already, in {place}" : null);
        if (taken is not null)
            yield return ImageRules.PlaceTaken.Found(taken) with { Title = "The name is another container's", Remedy = "Choose another name (--name NEW)." };
        if (!Directory.Exists(container.LxcPath))
            yield return ImageRules.HostLacks.Found($"{container.LxcPath}, where LXC kept {container.Name}, does not exist");
    }

    /// <summary>Why the name is taken; null where it is free.</summary>
    /// <exception cref="Errors.LxcNativeException">LXC's monitor of that name does not answer.</exception>
    public static string? Taken(string lxcPath, string name)
    {
        if (RestoredContainer.ByName(name) is { } restored)
            return $"container {name} is running, restored from {restored.ImagesDirectory} (init {restored.InitPid})";
        return LxcCommandSocket.InitPid(lxcPath, name) is { } running ? $"container {name} is running (init {running})" : null;
    }
}
