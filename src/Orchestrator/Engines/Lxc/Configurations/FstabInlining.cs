namespace LxcNative.Orchestrator.Engines.Lxc.Configurations;

/// <summary>Takes a container's fstab (lxc.mount.fstab, once lxc.mount) into its configuration where LXC of today could not mount it.</summary>
/// <remarks>
/// LXC since 1.1 puts a tmpfs of its own on /dev (lxc.autodev), in which an fstab written before finds no directories: what it mounts below /dev needs
/// <c>create=dir</c>. What stands at /dev/pts LXC detaches, and mounts its own where lxc.pty.max says so (lxc.container.conf(5)).
/// </remarks>
internal static class FstabInlining
{
    internal const string FstabKey = "lxc.mount.fstab";

    private const string PtyKey = "lxc.pty.max";
    private const string PtyCount = "1024";
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Whether LXC could not mount it as it stands.</summary>
    /// <param name="configuration">The configuration, with the keys of today.</param>
    /// <param name="fstab">The fstab's text.</param>
    /// <param name="root">The root file system's directory.</param>
    public static bool IsNeeded(LxcConfiguration configuration, string fstab, string root)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.Get("lxc.autodev") != "0" && Entries(fstab).Any(fields => IsBelowDev(Target(fields, root)) && !HasCreate(fields));
    }

    /// <summary>The configuration with the fstab's entries in place of the fstab.</summary>
    /// <param name="configuration">The configuration, with the keys of today.</param>
    /// <param name="fstab">The fstab's text.</param>
    /// <param name="root">The root file system's directory.</param>
    public static LxcConfiguration Apply(LxcConfiguration configuration, string fstab, string root)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var entries = Entries(fstab).ToList();
        var hasPts = entries.Any(fields => IsPts(fields, root));
        var mounts = entries.Where(fields => !IsPts(fields, root)).Select(fields => ConfigurationLine.Of("lxc.mount.entry", Line(fields, root))).ToList();
        var last = configuration.Lines.Last(line => line.Key == FstabKey);
        var inlined = new LxcConfiguration([.. configuration.Lines.SelectMany(line =>
            ReferenceEquals(line, last)
                ? [new ConfigurationLine($"# the entries of {line.Value}", null, ""), .. mounts]
                : line.Key == FstabKey ? [] : (IEnumerable<ConfigurationLine>)[line])]);
        return hasPts && inlined.Get(PtyKey) is null ? inlined.With(PtyKey, PtyCount) : inlined;
    }

    // Escapes like \040 stay: LXC reads both by getmntent(3).
    private static IEnumerable<string[]> Entries(string fstab) =>
        fstab.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.Length >= 3);

    private static string Target(string[] fields, string root)
    {
        var target = fields[1];
        var prefix = root.TrimEnd('/') + "/";
        return target.StartsWith(prefix, StringComparison.Ordinal) && target.Length > prefix.Length ? target[prefix.Length..].TrimStart('/') : target;
    }

    private static bool IsBelowDev(string target) => target.StartsWith("dev/", StringComparison.Ordinal);

    private static bool IsPts(string[] fields, string root) => fields[2] == "devpts" && Target(fields, root).TrimEnd('/') == "dev/pts";

    private static bool HasCreate(string[] fields) =>
        fields.Length > 3 && fields[3].Split(',').Any(option => option.StartsWith("create=", StringComparison.Ordinal));

    private static string Line(string[] fields, string root)
    {
        var target = Target(fields, root);
        var options = fields.Length > 3 ? fields[3] : "defaults";
        if (IsBelowDev(target) && !HasCreate(fields))
            options += ",create=dir";
        return string.Join(' ', fields[0], target, fields[2], options, fields.Length > 4 ? fields[4] : "0", fields.Length > 5 ? fields[5] : "0");
    }
}
