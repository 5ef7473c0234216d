using System.CommandLine;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Preparation.Hosts;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative host veth (--pid PID | NAME) --host-name DEV</c>.</summary>
internal static class HostVethCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var selection = new ContainerSelection();
        var hostName = new Option<string>("--host-name") { Description = "The host end's name.", HelpName = "DEV", Required = true };
        var inside = new Option<string>("--name") { Description = "The name in the container.", HelpName = "DEV", DefaultValueFactory = _ => "eth0" };
        var bridge = new Option<string?>("--bridge") { Description = "The bridge that the host end becomes a port of.", HelpName = "BRIDGE" };
        var addresses = new Option<string[]>("--address")
        {
            Description = "An address with prefix length inside; may be repeated.",
            HelpName = "CIDR",
            DefaultValueFactory = _ => [],
        };
        var mtu = new Option<uint?>("--mtu") { Description = "The MTU of both ends in bytes.", HelpName = "N" };
        var switches = new PreparationSwitches();
        var command = new Command("veth", "Make a pair of devices into a running container.") { hostName, inside, bridge, addresses, mtu };
        selection.AddTo(command);
        switches.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(switches.Json(parsed), () =>
        {
            var container = selection.Find(parsed);
            using var network = Namespace.Open(container.InitPid, NamespaceKind.Net);
            using var host = RouteSocket.Open();
            return switches.Run(parsed, new VethPreparation(host, network, new VethWish(parsed.GetValue(hostName)!)
            {
                Bridge = parsed.GetValue(bridge),
                InsideName = parsed.GetValue(inside)!,
                Addresses = [.. parsed.GetValue(addresses)!.Select(BridgeDescription.ParseAddress)],
                Mtu = parsed.GetValue(mtu),
            }));
        }));
        return command;
    }
}
