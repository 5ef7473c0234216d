namespace LxcNative.Native.Procfs;

/// <summary>A process of a <see cref="ProcessTree"/>.</summary>
/// <param name="Pid">Its pid as seen by the /proc that was read: the host's.</param>
/// <param name="PidInNamespace">Its pid in its own pid namespace.</param>
/// <param name="ParentPid">Its parent, in the terms of <paramref name="Pid"/>.</param>
/// <param name="Comm">Its command name.</param>
/// <param name="State">R, S, D, Z, T, t, X or I.</param>
/// <param name="StartTimeTicks">Its start after boot, clock ticks: with the pid it names the process for good.</param>
/// <param name="Threads">Its thread ids, the process's own first.</param>
/// <param name="Children">Its children, in the order of their start.</param>
public sealed record ProcessNode(
    int Pid,
    int PidInNamespace,
    int ParentPid,
    string Comm,
    char State,
    ulong StartTimeTicks,
    IReadOnlyList<int> Threads,
    IReadOnlyList<ProcessNode> Children)
{
    /// <summary>Its session, in the terms of <see cref="Pid"/>.</summary>
    public int Session { get; init; }

    /// <summary>Its controlling terminal's device in the kernel's encoding; 0 for none.</summary>
    public int TtyDevice { get; init; }

    /// <summary>This process and all below it, a parent before its children.</summary>
    public IEnumerable<ProcessNode> SelfAndDescendants()
    {
        var pending = new Stack<ProcessNode>([this]);
        while (pending.TryPop(out var node))
        {
            yield return node;
            for (var i = node.Children.Count - 1; i >= 0; i--)
                pending.Push(node.Children[i]);
        }
    }
}
