namespace LxcNative.Orchestrator.Containers;

/// <summary>The process that looks after a container, LXC's or ours: its init's parent, which ends after it, when the administrator's scripts have
/// run.</summary>
internal static class MonitorProcess
{
    // lxc-start -F stays what it is; a program that started the container through liblxc, and stays its monitor, goes on afterwards.
    private static readonly string[] Names = ["lxc-start", "lxc-execute"];
    private const string Title = "[lxc monitor]";

    /// <summary>Init's parent, where it is one that ends when init has.</summary>
    /// <param name="parent">Init's parent.</param>
    public static ProcessIdentity? Of(int parent) =>
        ProcessGlance.Stat(parent) is { } stat
            && (stat.Comm.StartsWith(Title, StringComparison.Ordinal) || Names.Contains(stat.Comm)
                || RestoredContainer.All().Any(one => one.MonitorPid == parent))
            ? new ProcessIdentity(parent, stat.StartTimeTicks)
            : null;
}
