namespace LxcNative.Orchestrator.Containers;

/// <summary>A process of the container, with its children.</summary>
/// <param name="Pid">Its pid as the host sees it.</param>
/// <param name="PidInside">Its pid in the container.</param>
/// <param name="Name">Its command name (comm).</param>
/// <param name="State">The state letter of /proc/PID/stat.</param>
/// <param name="Threads">The thread ids, the leader's included, as the host sees them.</param>
/// <param name="Children">Its children.</param>
public sealed record ContainerProcess(
    int Pid, int PidInside, string Name, char State, IReadOnlyList<int> Threads, IReadOnlyList<ContainerProcess> Children)
{
    /// <summary>Its session, as the host sees it.</summary>
    public int Session { get; init; }

    /// <summary>Its controlling terminal's device in the kernel's encoding; 0 for none.</summary>
    public int TerminalDevice { get; init; }

    /// <summary>This process and all below it, parents first.</summary>
    public IEnumerable<ContainerProcess> SelfAndDescendants()
    {
        yield return this;
        foreach (var child in Children)
            foreach (var process in child.SelfAndDescendants())
                yield return process;
    }
}
