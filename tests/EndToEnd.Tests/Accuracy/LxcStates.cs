using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Accuracy;

/// <summary>States that LXC has a part in: its configuration, its terminals, its cgroups, its host.</summary>
internal static class LxcStates
{
    private const string NoConsole = "lxc.console.path", NoNetwork = "lxc.net.0.type", NoTerminals = "lxc.tty.max", PtyMax = "lxc.pty.max",
    RootPath = "lxc.rootfs.path", Sleep = "sleep 9999";

    /// <summary>By the state's name.</summary>
    public static IReadOnlyDictionary<string, Recipe> Recipes { get; } = new Dictionary<string, Recipe>
    {
        ["leader_outside"] = new() { After = Attach("sleep 1000 >/dev/null 2>&1 </dev/null & exit 0") },
        ["stranger"] = new() { After = container => new AttachedProcess(container) },
        ["frozen"] = new()
        {
            After = container =>
            {
                Command.Output("lxc-freeze", "-n", container.Name);
                return new Ending(() => Command.Run("lxc-unfreeze", "-n", container.Name));
            },
        },
        ["shares_net"] = new() { Without = [NoNetwork], Configuration = ["lxc.net.0.type = none"] },
        ["shares_ipc"] = new() { Configuration = ["lxc.namespace.keep = ipc"] },
        ["foreign_file"] = new() { HandsDescriptor = true },
        ["directory_outside"] = new() { HandsDescriptor = true },
        ["mapped_outside"] = new() { HandsDescriptor = true },
        ["tty_outside"] = new() { HandsDescriptor = true },
        ["pidfd_outside"] = new() { HandsDescriptor = true },
        ["namespace_outside"] = new() { HandsDescriptor = true },
        ["unix_other_net"] = new() { HandsDescriptor = true },
        ["inet_other_net"] = new() { HandsDescriptor = true },
        ["netlink_other_net"] = new() { HandsDescriptor = true },

        ["console_default"] = new() { Boot = [], Without = [NoConsole] },
        ["console_of_its_own_devpts"] = new() { Boot = [], Without = [NoConsole], Configuration = ["lxc.pty.max = 1024", "lxc.tty.max = 1"] },
        ["console_without_session"] = new()
        {
            Boot = [],
            Without = [NoConsole, NoTerminals],
            Configuration = ["lxc.pty.max = 1024", "lxc.tty.max = 0", "lxc.init.cmd = /bin/sleep 9999"],
        },
        ["console_held_by_a_program"] = new()
        {
            Boot = ["setsid sh -c 'exec sleep 9999 <>/dev/console >&0 2>&1' &"],
            Processes = [Sleep],
            Without = [NoConsole],
            Configuration = ["lxc.pty.max = 1024"],
        },
        ["console_controlled"] = new()
        {
            Boot = [],
            Processes = ["/bin/cat"],
            Without = [NoConsole],
            Before = AppendTo("etc/inittab", "console::respawn:/bin/cat\n"),
        },
        ["tty_first_getty"] = new() { Boot = [Getty(1)], Processes = [Sleep], Without = [NoTerminals], Configuration = ["lxc.tty.max = 2"] },
        ["tty_second_getty"] = new() { Boot = [Getty(2)], Processes = [Sleep], Without = [NoTerminals], Configuration = ["lxc.tty.max = 2"] },
        ["tty_two_gettys"] = new()
        {
            Boot = [Getty(1), Getty(2)],
            Processes = [Sleep, Sleep],
            Without = [NoTerminals],
            Configuration = ["lxc.tty.max = 2"],
        },
        ["tty_max_8"] = new() { Boot = [], Without = [NoTerminals, PtyMax], Configuration = ["lxc.tty.max = 8", "lxc.pty.max = 1024"] },
        ["tty_max_and_nested_mounts"] = new()
        {
            Boot = ["unshare -m sleep 9999 &"],
            Processes = [Sleep],
            Without = [NoTerminals, PtyMax],
            Configuration = ["lxc.tty.max = 2", "lxc.pty.max = 1024"],
        },

        ["network_of_another_container"] = new()
        {
            Boot = [],
            Without = [NoNetwork],
            Before = container =>
            {
                var owner = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
                File.AppendAllText(container.ConfigurationPath, $"lxc.namespace.share.net = {owner.Name}\n");
                return owner;
            },
        },
        ["tc_inside"] = new()
        {
            Boot = [],
            After = Net("ip link add lla type veth peer name llb && tc qdisc add dev lla root handle 1: tbf rate 1mbit burst 32k latency 400ms"),
        },
        ["ipsec_inside"] = new()
        {
            Boot = [],
            After = Net("ip xfrm policy add src 192.0.2.0/24 dst 198.51.100.0/24 dir out tmpl src 192.0.2.1 dst 198.51.100.1 proto esp mode tunnel"),
        },
        ["nic_macvlan"] = new()
        {
            Boot = [],
            Without = [NoNetwork],
            Before = Bridge((bridge, _) =>
                $"lxc.net.0.type = macvlan\nlxc.net.0.macvlan.mode = bridge\nlxc.net.0.link = {bridge.Name}\nlxc.net.0.name = mac0\nlxc.net.0.flags = "
                + $"up\nlxc.net.0.ipv4.address = {bridge.Subnet.Ipv4(7)}/24\n"),
        },
        ["nic_ipvlan"] = new()
        {
            MayLackKernel = true,
            Boot = [],
            Without = [NoNetwork],
            Before = Bridge((bridge, _) =>
                $"lxc.net.0.type = ipvlan\nlxc.net.0.ipvlan.mode = l2\nlxc.net.0.link = {bridge.Name}\nlxc.net.0.name = ipv0\nlxc.net.0.flags = "
                + $"up\nlxc.net.0.ipv4.address = {bridge.Subnet.Ipv4(8)}/24\n"),
        },
        ["nic_router"] = new()
        {
            Boot = [],
            Without = [NoNetwork],
            Before = Bridge((bridge, name) =>
                $"lxc.net.0.type = veth\nlxc.net.0.veth.mode = router\nlxc.net.0.veth.pair = {name}\nlxc.net.0.name = eth0\nlxc.net.0.flags = "
                + $"up\nlxc.net.0.ipv4.address = {bridge.Subnet.Ipv4(9)}/32\n"),
            LookOnHost = container => Command.Run("ip", "route", "show", "dev", Pair(container)).Output,
        },
        ["nic_host_end_addresses"] = new()
        {
            Boot = [],
            Without = [NoNetwork],
            Before = Bridge((_, name) => $"lxc.net.0.type = veth\nlxc.net.0.veth.pair = {name}\nlxc.net.0.name = eth0\nlxc.net.0.flags = up\n"),
            After = OnHost(
                "ip link set {0} up; ip addr add 192.0.2.77/32 dev {0}; sysctl -qw net.ipv4.conf.{0}.proxy_arp=1; ip link property add dev {0} altname "
                + "{0}alternative"),
            LookOnHost = container =>
                Command.Run("sh", "-c",
                    $"ip -4 addr show dev {Pair(container)} | grep inet; ip link show dev {Pair(container)} | grep altname; sysctl "
                    + $"net.ipv4.conf.{Pair(container)}.proxy_arp").Output,
        },
        ["nic_host_end_forwarding_entry"] = new()
        {
            Boot = [],
            Without = [NoNetwork],
            Before = Bridge((bridge, name) =>
                $"lxc.net.0.type = veth\nlxc.net.0.link = {bridge.Name}\nlxc.net.0.veth.pair = {name}\nlxc.net.0.name = eth0\nlxc.net.0.flags = up\n"),
            After = OnHost("bridge fdb add 02:00:00:00:77:77 dev {0} master static"),
            LookOnHost = container => Command.Run("sh", "-c", $"bridge fdb show dev {Pair(container)} | grep 77:77").Output,
        },

        ["root_on_loop"] = new()
        {
            Boot = [],
            Without = [RootPath],
            Configuration = ["lxc.rootfs.path = loop:{0}/root.img"],
            Before = container =>
            {
                Command.Output("mke2fs", "-q", "-t", "ext4", "-d", container.RootfsPath, Path.Combine(container.ContainerDirectory, "root.img"), "16M");
                return null;
            },
        },
        ["root_on_overlay"] = new()
        {
            Boot = [],
            Without = [RootPath],
            Configuration = ["lxc.rootfs.path = overlay:{0}/rootfs:{0}/upper/delta"],
            Before = container =>
            {
                Directory.CreateDirectory(Path.Combine(container.ContainerDirectory, "upper/delta"));
                return null;
            },
        },
        ["root_read_only"] = new() { Boot = [], Configuration = ["lxc.rootfs.options = ro"] },
        ["root_ephemeral"] = new() { Boot = [], Configuration = ["lxc.ephemeral = 1"] },
        ["root_mounted_by_a_hook"] = new()
        {
            Boot = [],
            Configuration = ["lxc.rootfs.path = dir:{0}/empty", "lxc.hook.pre-start = {0}/hook", "lxc.hook.post-stop = {0}/hook"],
            Without = [RootPath],
            Before = container =>
            {
                Directory.CreateDirectory(Path.Combine(container.ContainerDirectory, "empty"));
                var hook = Path.Combine(container.ContainerDirectory, "hook");
                File.WriteAllText(hook,
                    $"#!/bin/sh\ncd {container.ContainerDirectory}\n[ $3 = pre-start ] && exec mount --bind rootfs empty\nexec umount empty\n");
                File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                return null;
            },
        },

        ["program_upgraded"] = new()
        {
            Program = "import time\nopen('/ready', 'w')\ntime.sleep(9999)\n",
            After = container =>
            {
                var python = Path.Combine(container.RootfsPath, "bin/python");
                File.Copy(python, python + ".new");
                File.Move(python + ".new", python, overwrite: true);
                return null;
            },
        },
        ["limits"] = new()
        {
            Boot = [],
            Configuration = Directory.Exists("/sys/fs/cgroup/memory")
                ? ["lxc.cgroup.memory.limit_in_bytes = 256M", "lxc.cgroup.pids.max = 77", "lxc.cgroup.cpu.shares = 512", "lxc.cgroup.cpuset.cpus = 0",
                "lxc.cgroup.cpu.cfs_quota_us = 50000"]
                : ["lxc.cgroup2.memory.max = 256M", "lxc.cgroup2.pids.max = 77", "lxc.cgroup2.cpu.weight = 50", "lxc.cgroup2.cpuset.cpus = 0",
                "lxc.cgroup2.cpu.max = 50000 100000"],
            LookOnHost = container =>
                string.Concat(CgroupTree.Of(container.Name).Where(path => path.EndsWith($"lxc.payload.{container.Name}", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                .SelectMany(path =>
                    ((string[])["memory.limit_in_bytes", "pids.max", "cpu.shares", "cpuset.cpus", "cpu.cfs_quota_us", "memory.max", "cpu.weight", "cpu.max"])
                    .Select(file => Path.Combine(path, file)).Where(File.Exists).Select(file => $"{file}: {File.ReadAllText(file)}"))),
        },
    };

    private static string Getty(int number) => $"setsid sh -c 'exec sleep 9999 <>/dev/tty{number} >&0 2>&1' &";

    /// <summary>The host's end of the veth pair, where the recipe gives it a name.</summary>
    private static string Pair(LxcContainer container) => "v" + container.Name.Replace("-", "", StringComparison.Ordinal);

    private static Func<LxcContainer, IDisposable?> Attach(string script) => container =>
    {
        Command.Output("lxc-attach", "-n", container.Name, "--", "/bin/sh", "-c", script);
        return null;
    };

    private static Func<LxcContainer, IDisposable?> AppendTo(string file, string text) => container =>
    {
        File.AppendAllText(Path.Combine(container.RootfsPath, file), text);
        return null;
    };

    private static Func<LxcContainer, IDisposable?> Net(string script) => container =>
    {
        container.Inside("net", "sh", "-c", script).OrThrow();
        return null;
    };

    private static Func<LxcContainer, IDisposable?> OnHost(string script) => container =>
    {
        Command.Output("sh", "-c", script.Replace("{0}", Pair(container), StringComparison.Ordinal));
        return null;
    };

    private static Func<LxcContainer, IDisposable?> Bridge(Func<HostBridge, string, string> configuration) => container =>
    {
        var bridge = HostBridge.Create();
        container.AddHostLink(Pair(container));
        File.AppendAllText(container.ConfigurationPath, configuration(bridge, Pair(container)));
        return bridge;
    };

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
