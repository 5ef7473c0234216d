using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>Gives mounts their flags back: of repeated binds of the same host directory criu sets those of the first only, the others come back writable, and
/// it does not know nosymfollow.</summary>
internal static class MountFlagRepair
{
    private static readonly (string Option, MountFlags Flag)[] Flags =
    [
        ("ro", MountFlags.ReadOnly), ("nosuid", MountFlags.NoSuid), ("nodev", MountFlags.NoDev), ("noexec", MountFlags.NoExec),
        ("noatime", MountFlags.NoAtime), ("nodiratime", MountFlags.NoDirAtime), ("relatime", MountFlags.RelAtime),
        ("nosymfollow", MountFlags.NoSymFollow),
    ];

    /// <summary>Compares mounts with what they were, and remounts those that differ. The container stands still meanwhile.</summary>
    /// <param name="init">The container's init.</param>
    /// <param name="table">Its mounts, as they are.</param>
    /// <param name="mounts">What they were.</param>
    /// <returns>The mount points that were repaired.</returns>
    public static IReadOnlyList<string> Repair(int init, IReadOnlyList<MountEntry> table, IReadOnlyList<MountPlace> mounts)
    {
        var now = table.ToLookup(entry => entry.MountPoint, StringComparer.Ordinal);
        var wrong = mounts.Where(mount => now[mount.MountPoint].LastOrDefault() is { } entry && FlagsOf(entry.Options) != FlagsOf(mount.Options)).ToList();
        if (wrong.Count == 0)
            return [];
        using var container = Namespace.Open(init, NamespaceKind.Mount);
        NamespaceThread.Run(
            () =>
            {
                foreach (var mount in wrong)
                    Mount.Remount(mount.MountPoint, FlagsOf(mount.Options) | MountFlags.Bind);
                return 0;
            },
            container);
        return [.. wrong.Select(mount => mount.MountPoint)];
    }

    /// <summary>The flags that the options of a mountinfo line stand for.</summary>
    internal static MountFlags FlagsOf(string options)
    {
        var set = options.Split(',').ToHashSet(StringComparer.Ordinal);
        return Flags.Where(pair => set.Contains(pair.Option)).Aggregate(MountFlags.None, (flags, pair) => flags | pair.Flag);
    }
}
