using System.Globalization;

namespace LxcNative.Orchestrator.Engines.Lxc.Configurations;

/// <summary>Turns the keys of LXC before 3.0 into those of today, which alone later versions read (lxc-update-config(1)).</summary>
internal static class KeyConversion
{
    private const string Network = "lxc.network.";
    private const string OldRootfs = "lxc.rootfs";
    private const string Backend = "lxc.rootfs.backend";

    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["lxc.id_map"] = "lxc.idmap",
        ["lxc.pts"] = "lxc.pty.max",
        ["lxc.tty"] = "lxc.tty.max",
        ["lxc.devttydir"] = "lxc.tty.dir",
        ["lxc.aa_profile"] = "lxc.apparmor.profile",
        ["lxc.aa_allow_incomplete"] = "lxc.apparmor.allow_incomplete",
        ["lxc.se_context"] = "lxc.selinux.context",
        ["lxc.mount"] = "lxc.mount.fstab",
        ["lxc.utsname"] = "lxc.uts.name",
        ["lxc.seccomp"] = "lxc.seccomp.profile",
        ["lxc.console"] = "lxc.console.path",
        ["lxc.haltsignal"] = "lxc.signal.halt",
        ["lxc.rebootsignal"] = "lxc.signal.reboot",
        ["lxc.stopsignal"] = "lxc.signal.stop",
        ["lxc.syslog"] = "lxc.log.syslog",
        ["lxc.loglevel"] = "lxc.log.level",
        ["lxc.logfile"] = "lxc.log.file",
        ["lxc.init_cmd"] = "lxc.init.cmd",
        ["lxc.init_uid"] = "lxc.init.uid",
        ["lxc.init_gid"] = "lxc.init.gid",
    };

    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal) { Backend, "lxc.pivotdir", "lxc.kmsg" };

    private static readonly Dictionary<string, string> RenamedOfNetwork = new(StringComparer.Ordinal) { ["ipv4"] = "ipv4.address", ["ipv6"] = "ipv6.address" };

    /// <summary>Converts a configuration; one without old keys comes back as it is.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="file">What the file is called in an error.</param>
    /// <exception cref="MalformedConfigurationException">A network key stands before any <c>lxc.network.type</c>.</exception>
    public static LxcConfiguration Convert(LxcConfiguration configuration, string file = "config")
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var backend = configuration.Get(Backend);
        var index = -1;
        var lines = new List<ConfigurationLine>();
        for (var i = 0; i < configuration.Lines.Count; i++)
        {
            var line = configuration.Lines[i];
            if (line.Key is null)
                lines.Add(line);
            else if (Convert(line, backend, ref index, file, i + 1) is { } converted)
                lines.Add(converted);
        }

        return new LxcConfiguration(lines);
    }

    private static ConfigurationLine? Convert(ConfigurationLine line, string? backend, ref int index, string file, int number)
    {
        var key = line.Key!;
        if (Dropped.Contains(key))
            return null;
        if (key == OldRootfs)
            return ConfigurationLine.Of("lxc.rootfs.path", backend is null or "dir" || line.Value.Length == 0 ? line.Value : $"{backend}:{line.Value}");
        if (Renamed.TryGetValue(key, out var name))
            return ConfigurationLine.Of(name, line.Value);
        if (key.StartsWith("lxc.limit.", StringComparison.Ordinal))
            return ConfigurationLine.Of($"lxc.prlimit.{key["lxc.limit.".Length..]}", line.Value);
        if (key == "lxc.network")
            return ConfigurationLine.Of("lxc.net", line.Value);
        return key.StartsWith(Network, StringComparison.Ordinal) ? OfNetwork(key[Network.Length..], line.Value, ref index, file, number) : line;
    }

    // Every lxc.network.type opens the next device; what follows belongs to it.
    private static ConfigurationLine OfNetwork(string key, string value, ref int index, string file, int number)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0 && int.TryParse(key.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var given))
            return ConfigurationLine.Of($"lxc.net.{given}.{NameOf(key[(dot + 1)..])}", value);
        if (key == "type")
            index++;
        return index >= 0
            ? ConfigurationLine.Of($"lxc.net.{index}.{NameOf(key)}", value)
            : throw new MalformedConfigurationException(file, number, $"lxc.network.{key} stands before any lxc.network.type: no device is meant");
    }

    private static string NameOf(string key) => RenamedOfNetwork.GetValueOrDefault(key, key);
}
