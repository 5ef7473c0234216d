using System.Text;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>The text of a container's LXC configuration, before and after the template wrote its part.</summary>
internal static class ContainerConfiguration
{
    /// <summary>What lxc-create is given instead of /etc/lxc/default.conf: the NICs.</summary>
    public static string Network(LxcContainerOptions options)
    {
        if (options.Nics.Count == 0)
            return "lxc.net.0.type = empty\n";

        var text = new StringBuilder();
        for (var i = 0; i < options.Nics.Count; i++)
        {
            var nic = options.Nics[i];
            void Line(string key, string value) => text.Append($"lxc.net.{i}.{key} = {value}\n");
            Line("type", "veth");
            Line("link", nic.Bridge.Name);
            Line("flags", "up");
            Line("name", nic.Name);
            if (nic.HostName is { } hostName)
                Line("veth.pair", hostName);
            if (nic.MacAddress is { } macAddress)
                Line("hwaddr", macAddress);
            if (nic.Mtu is { } mtu)
                Line("mtu", $"{mtu}");
            Line("ipv4.address", nic.Ipv4 + "/24");
            if (nic.HasIpv6)
                Line("ipv6.address", nic.Ipv6 + "/64");
            if (nic.IsGateway)
                Line("ipv4.gateway", nic.Bridge.Subnet.Ipv4(1));
            if (nic is { IsGateway: true, HasIpv6: true })
                Line("ipv6.gateway", nic.Bridge.Subnet.Ipv6(1));
        }
        return text.ToString();
    }

    /// <summary>The template's text with what the tests need: no console, no terminals, the root directory's real name.</summary>
    public static string Complete(string templated, string rootfs, LxcContainerOptions options)
    {
        var kept = templated.Split('\n').Where(line => !line.StartsWith("lxc.rootfs.path", StringComparison.Ordinal) &&
            !(options.HasOnlyItsRoot && line.StartsWith("lxc.mount.entry = /", StringComparison.Ordinal)));
        var lines = kept.Select(line => line switch
        {
            "lxc.mount.entry = /lib lib none ro,bind 0 0" when options.ResolvesBindSources => $"lxc.mount.entry = {Resolve("/lib")} lib none ro,bind 0 0",
            "lxc.mount.entry = /lib64 lib64 none ro,bind 0 0" when options.ResolvesBindSources =>
                $"lxc.mount.entry = {Resolve("/lib64")} lib64 none ro,bind 0 0",
            _ => line,
        });
        var text = string.Join('\n', [.. lines, $"lxc.rootfs.path = dir:{rootfs}", "lxc.console.path = none", "lxc.tty.max = 0",
            .. options.PayloadIsInit ? [$"lxc.init.cmd = /bin/payload {Mode(options)} {options.Port}"] : Array.Empty<string>(), .. options.Configuration, ""]);
        return options.EditConfiguration?.Invoke(text) ?? text;
    }

    /// <summary>The payload's first argument.</summary>
    public static string Mode(LxcContainerOptions options) => options.Payload == PayloadMode.Full ? "full" : "demo";

    private static string Resolve(string path) => new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
}
