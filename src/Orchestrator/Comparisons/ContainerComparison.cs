using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Comparisons;

/// <summary>Compares what a checkpoint says of its container with what runs, or with another checkpoint. Nothing is stopped or changed.</summary>
/// <remarks>What differs from one process, mount or host to the next without meaning anything is left out: pids of the host, ids of mounts and of peer groups,
/// indexes of links, and the time namespace, which every restored container has.</remarks>
public static class ContainerComparison
{
    /// <summary>Compares a checkpoint with a container that runs.</summary>
    /// <param name="imagesDirectory">The checkpoint's directory.</param>
    /// <param name="container">The container.</param>
    /// <exception cref="RefusedException">There is no checkpoint, it is damaged, or there is no such container.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static ComparisonReport Run(string imagesDirectory, ContainerReference container)
    {
        ArgumentNullException.ThrowIfNull(container);
        RootOnly.Require("comparing a container");
        var directory = DirectoryPath.Full(imagesDirectory);
        return Run(directory, CheckpointFacts.Read(directory), container);
    }

    /// <summary>Compares what was read of a checkpoint with a container.</summary>
    /// <param name="directory">The checkpoint's directory, in full.</param>
    /// <param name="before">What it says.</param>
    /// <param name="container">The container.</param>
    /// <exception cref="RefusedException">There is no such container.</exception>
    internal static ComparisonReport Run(string directory, Facts before, ContainerReference container)
    {
        var running = container.FindWithoutSockets();
        return Compare(directory, running.Name, before, RunningFacts.Read(running, before));
    }

    /// <summary>Compares a checkpoint with a later one.</summary>
    /// <param name="imagesDirectory">Its directory.</param>
    /// <param name="other">That of the other.</param>
    /// <exception cref="RefusedException">One of them is no checkpoint, or damaged.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static ComparisonReport Run(string imagesDirectory, string other)
    {
        RootOnly.Require("comparing checkpoints");
        var (before, now) = (DirectoryPath.Full(imagesDirectory), DirectoryPath.Full(other));
        return Compare(before, now, CheckpointFacts.Read(before), CheckpointFacts.Read(now));
    }

    private static ComparisonReport Compare(string before, string now, Facts first, Facts second)
    {
        var areas = first.NotKnown.Keys.Union(second.NotKnown.Keys).ToHashSet(StringComparer.Ordinal);
        var keys = first.Keys.Union(second.Keys).Where(key => !areas.Contains(key.Area)).OrderBy(key => key.Area, StringComparer.Ordinal)
            .ThenBy(key => key.Item, StringComparer.Ordinal).ToList();
        return new ComparisonReport(
            before, now, keys.Count,
            [
                .. keys.Select(key => new Difference(key.Area, key.Item, first.Value(key), second.Value(key)))
                    .Where(one => !string.Equals(one.Before, one.Now, StringComparison.Ordinal)),
            ],
            [.. first.NotKnown.Concat(second.NotKnown).Select(one => $"{one.Key}: {one.Value}").Distinct(StringComparer.Ordinal)]);
    }
}
