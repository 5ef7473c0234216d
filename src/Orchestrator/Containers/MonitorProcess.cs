namespace LxcNative.Orchestrator.Containers;

/// <summary>The process that looks after a container, LXC's or ours: its init's parent, which ends after it, when the administrator's scripts have
/// run.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="StartTimeTicks">Its start after boot, clock ticks.</param>
internal sealed record MonitorProcess(int Pid, ulong StartTimeTicks)
{
    // lxc-start -F stays what it is; a program that started the container through liblxc, and stays its monitor, goes on afterwards.
    private static readonly string[] Names = ["lxc-start", "lxc-execute"];
    private const string Title = "[lxc monitor]";

    /// <summary>Init's parent, where it is one that ends when init has.</summary>
    /// <param name="parent">Init's parent.</param>
    public static MonitorProcess? Of(int parent) =>
        ProcessGlance.Stat(parent) is { } stat
            && (stat.Comm.StartsWith(Title, StringComparison.Ordinal) || Names.Contains(stat.Comm)
                || RestoredContainer.All().Any(one => one.MonitorPid == parent))
            ? new MonitorProcess(parent, stat.StartTimeTicks)
            : null;

    /// <summary>Whether it is there no more.</summary>
    public bool HasEnded => ProcessGlance.Stat(Pid) is not { State: not 'Z' } stat || stat.StartTimeTicks != StartTimeTicks;
}
