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
    /// <summary>The deepest tree that a container may have: every level is two of JSON, which is written and read with a stack.</summary>
    public const int DeepestTree = 1000;

    /// <summary>The depth of JSON that holds such a tree.</summary>
    public const int JsonDepth = (2 * DeepestTree) + 64;

    /// <summary>Its session, as the host sees it.</summary>
    public int Session { get; init; }

    /// <summary>Its controlling terminal's device in the kernel's encoding; 0 for none.</summary>
    public int TerminalDevice { get; init; }

    /// <summary>This process and all below it, parents first.</summary>
    public IEnumerable<ContainerProcess> SelfAndDescendants()
    {
        var waiting = new Stack<ContainerProcess>([this]);
        while (waiting.TryPop(out var process))
        {
            yield return process;
            for (var i = process.Children.Count - 1; i >= 0; i--)
                waiting.Push(process.Children[i]);
        }
    }
}
