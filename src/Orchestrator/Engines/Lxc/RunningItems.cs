using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Engines.Lxc;

/// <summary>A running container's configuration, asked of its monitor key by key: there is no other way to learn what it was started with.</summary>
internal static class RunningItems
{
    private static readonly string[] Keys =
    [
        "lxc.arch", "lxc.apparmor.profile", "lxc.apparmor.allow_incomplete", "lxc.apparmor.allow_nesting", "lxc.apparmor.raw", "lxc.autodev",
        "lxc.autodev.tmpfs.size",
        "lxc.cap.drop", "lxc.cap.keep", "lxc.cgroup", "lxc.cgroup2", "lxc.cgroup.dir", "lxc.cgroup.dir.container", "lxc.cgroup.dir.container.inner",
        "lxc.cgroup.dir.monitor",
        "lxc.cgroup.dir.monitor.pivot", "lxc.cgroup.relative", "lxc.console.buffer.size", "lxc.console.logfile", "lxc.console.path", "lxc.console.rotate",
        "lxc.console.size",
        "lxc.environment", "lxc.ephemeral", "lxc.execute.cmd", "lxc.group", "lxc.hook.destroy", "lxc.hook.post-stop", "lxc.hook.pre-start",
        "lxc.hook.start-host", "lxc.hook.stop",
        "lxc.hook.version", "lxc.idmap", "lxc.init.cmd", "lxc.init.cwd", "lxc.init.gid", "lxc.init.groups", "lxc.init.uid", "lxc.keyring.session",
        "lxc.log.file", "lxc.log.level",
        "lxc.log.syslog", "lxc.monitor.signal.pdeath", "lxc.monitor.unshare", "lxc.mount.auto", "lxc.mount.entry", "lxc.mount.fstab", "lxc.namespace.clone",
        "lxc.namespace.keep",
        "lxc.net", "lxc.no_new_privs", "lxc.prlimit", "lxc.proc", "lxc.pty.max", "lxc.rootfs.managed", "lxc.rootfs.mount", "lxc.rootfs.options",
        "lxc.rootfs.path",
        "lxc.sched.core", "lxc.seccomp.allow_nesting", "lxc.seccomp.profile", "lxc.selinux.context", "lxc.signal.halt", "lxc.signal.reboot", "lxc.signal.stop",
        "lxc.start.auto",
        "lxc.start.delay", "lxc.start.order", "lxc.sysctl", "lxc.time.offset.boot", "lxc.time.offset.monotonic", "lxc.tty.dir", "lxc.tty.max", "lxc.uts.name",
    ];

    private static readonly string[] NetworkKeys =
    [
        "flags", "link", "name", "hwaddr", "mtu", "script.up", "script.down", "ipv4.address", "ipv4.gateway", "ipv6.address", "ipv6.gateway",
        "veth.pair", "veth.mode", "veth.ipv4.route", "veth.ipv6.route", "veth.vlan.id", "macvlan.mode", "ipvlan.mode", "vlan.id",
    ];

    /// <summary>The values of the keys that have one, as LXC writes them; empty where no monitor answers.</summary>
    /// <param name="lxcPath">Where LXC keeps the container.</param>
    /// <param name="name">Its name.</param>
    public static IReadOnlyDictionary<string, string> Read(string lxcPath, string name)
    {
        var items = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (LxcCommandSocket.State(lxcPath, name) is null)
                return items;
            foreach (var key in Keys)
                Take(key);
            // "lxc.net" has a line for each device, and does not say how they are numbered.
            var count = items.GetValueOrDefault("lxc.net")?.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length ?? 0;
            foreach (var device in NumberedDevice.Of(Take).Take(count))
                foreach (var key in NetworkKeys)
                    device.Get(key);
            return items;
        }
        catch (Exception e) when (e is RefusedException or LinuxException)
        {
            // Its monitor is stopped: half of it would be taken for all of it.
            return new Dictionary<string, string>();
        }

        string? Take(string key) => LxcCommandSocket.WholeConfigItem(lxcPath, name, key) is { } value ? items[key] = value : null;
    }
}
