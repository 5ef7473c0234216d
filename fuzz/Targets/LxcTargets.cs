using LxcNative.Orchestrator.Engines.Lxc.Commands;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Execution;
using LxcNative.Orchestrator.Preparation.Hosts;
using static LxcNative.Fuzz.Targets.Corpus;

namespace LxcNative.Fuzz.Targets;

/// <summary>LXC's command socket and configurations, and files of a container's root.</summary>
internal static class LxcTargets
{
    /// <summary>They.</summary>
    public static IReadOnlyList<FuzzTarget> List { get; } =
    [
        new FuzzTarget("lxc-command", [CommandMessage.Request(LxcCommand.GetInitPid).Header()],
            input => CommandMessage.ParseHeader([.. input, .. new byte[CommandMessage.HeaderSize]], CommandMessage.LongestAnswer),
            typeof(MalformedCommandException)),
        new FuzzTarget("lxc-address", [Text("/var/lib/lxc/web/command"), Text("lxc/3f2a1b4c5d6e7f80/command")], input => CommandAddress.Parse(TextOf(input))),
        new FuzzTarget("lxc-config", [Text("lxc.utsname = a\nlxc.network.type = veth\nlxc.network.link = br0\nlxc.network.ipv4 = 10.0.0.2/24\nlxc.tty = 4\n"
            + "# b\nlxc.mount.entry = /lib lib none ro,bind 0 0\nlxc.cgroup.devices.allow = c 1:3 rwm\n")],
            input => KeyConversion.Convert(LxcConfiguration.Parse(TextOf(input)), "config"), typeof(RefusedException)),
        new FuzzTarget("host-description", [Text("""{"bridges":[{"name":"br0","addresses":["10.0.0.1/24"]}]}""")],
            input => HostDescription.Parse(TextOf(input)), typeof(RefusedException)),
        new FuzzTarget("passwd", [Text("root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/home/user:/bin/bash\n")],
            input => ContainerAccount.Parse(TextOf(input), 1000)),
    ];
}
