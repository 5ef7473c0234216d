namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>A systemd unit (systemd.service(5)) that prepares the host at boot.</summary>
public static class HostUnit
{
    /// <summary>The unit's text.</summary>
    /// <param name="program">The absolute path of lxcnative.</param>
    /// <param name="config">The absolute path of the host's description.</param>
    public static string Text(string program, string config) => $"""
        [Unit]
        Description=Cgroups and bridges for LXC containers
        Documentation=man:lxc(7)
        DefaultDependencies=no
        After=local-fs.target systemd-udev-settle.service network-pre.target
        Before=lxc.service lxc-net.service network-online.target
        ConditionPathExists={Quote(config)}

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart={Quote(program)} host prepare --config {Quote(config)}
        ExecStop={Quote(program)} host prepare --config {Quote(config)} --undo

        [Install]
        WantedBy=multi-user.target

        """;

    // systemd takes % for specifiers, and splits at blanks outside of quotes.
    private static string Quote(string path)
    {
        var escaped = path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal);
        return escaped.AsSpan().ContainsAny(" \t\"\\;") ? $"\"{escaped}\"" : escaped;
    }
}
