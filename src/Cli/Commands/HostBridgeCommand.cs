using System.CommandLine;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Preparation.Hosts;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative host bridge NAME</c>.</summary>
internal static class HostBridgeCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "The bridge." };
        var uplink = new Option<string?>("--uplink")
        {
            Description = "A device that becomes a port of it; its addresses and routes move to the bridge.",
            HelpName = "DEV",
        };
        var addresses = new Option<string[]>("--address")
        {
            Description = "An address with prefix length that it gets; may be repeated.",
            HelpName = "CIDR",
            DefaultValueFactory = _ => [],
        };
        var stp = WordOption.Of<string?>("--stp", "Run the spanning tree protocol.", ("true", "true"), ("false", "false"));
        var delay = new Option<double?>("--forward-delay") { Description = "Seconds that a port listens and learns before it forwards.", HelpName = "S" };
        var mtu = new Option<uint?>("--mtu") { Description = "Its MTU in bytes.", HelpName = "N" };
        var switches = new PreparationSwitches();
        var command = new Command("bridge", "Make a bridge for containers, over rtnetlink.") { name, uplink, addresses, stp, delay, mtu };
        switches.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(switches.Json(parsed), () =>
        {
            var wish = new BridgeDescription
            {
                Name = parsed.GetValue(name)!,
                Uplink = parsed.GetValue(uplink),
                Addresses = parsed.GetValue(addresses)!,
                Stp = parsed.GetValue(stp) is { } word ? word == "true" : null,
                ForwardDelaySeconds = parsed.GetValue(delay),
                Mtu = parsed.GetValue(mtu),
            }.ToWish();
            using var host = RouteSocket.Open();
            return switches.Run(parsed, new BridgePreparation(host, wish));
        }));
        return command;
    }
}
