using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preparation;
using LxcNative.Orchestrator.Preparation.Hosts;
using LxcNative.Orchestrator.Tests.Parts.Network;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preparation;

public sealed class VethPreparationTests
{
    [Fact]
    public void APairIsMadeIntoAContainerAndTakenAway()
    {
        Requirement.Root();
        using var host = new NamespaceFixture();
        using var inside = new NamespaceFixture();
        using var socket = RouteSocket.OpenIn(host.Descriptor);
        using var records = new TemporaryDirectory();
        host.Shell("ip link add br0 type bridge; ip link set br0 up");
        const string Names = "ip -o link | cut -d: -f2";
        var before = host.Shell(Names);
        var wish = new VethWish("veth7") { Bridge = "br0", InsideName = "lan0", Addresses = [Prefix.Parse("10.3.0.2/24")], Mtu = 1400 };
        PreparationReport Run(PreparationAction action, VethWish? other = null) =>
            new VethPreparation(socket, inside.Descriptor, other ?? wish).Run(new PreparationOptions { Action = action, Records = records.Path });

        Assert.False(Run(PreparationAction.Status).IsComplete);
        Run(PreparationAction.Apply);
        Assert.True(Run(PreparationAction.Status).IsComplete);
        var end = host.Shell("ip -j link show veth7");
        Assert.Contains("\"address\":\"fe:", end, StringComparison.Ordinal);
        Assert.Contains("\"master\":\"br0\"", end, StringComparison.Ordinal);
        Assert.Contains("\"mtu\":1400", end, StringComparison.Ordinal);
        Assert.Contains("10.3.0.2/24", inside.Shell("ip addr show lan0 up"), StringComparison.Ordinal);

        // What somebody took away is made again, and nothing else.
        host.Shell("ip link set veth7 nomaster");
        Assert.Equal(["veth7 is a port of br0"], Run(PreparationAction.Apply).Items.Where(item => item.State == PreparationState.Made)
            .Select(item => item.What));
        Assert.Throws<RefusedException>(() => Run(PreparationAction.Apply, wish with { InsideName = "lan1" }));
        Assert.Throws<RefusedException>(() => Run(PreparationAction.Apply, new VethWish("veth8") { Bridge = "br9" }));

        Run(PreparationAction.Undo);
        Assert.Equal(before, host.Shell(Names));
        Assert.DoesNotContain("lan0", inside.Shell("ip link"), StringComparison.Ordinal);
    }

    [Fact]
    public void AFailureInsideTakesThePairAway()
    {
        Requirement.Root();
        using var host = new NamespaceFixture();
        using var inside = new NamespaceFixture();
        using var socket = RouteSocket.OpenIn(host.Descriptor);
        using var records = new TemporaryDirectory();
        var wish = new VethWish("veth7") { Addresses = [Prefix.Parse("10.3.0.2/24"), Prefix.Parse("10.3.0.2/24")] };
        var failure = Assert.Throws<FailedException>(() => new VethPreparation(socket, inside.Descriptor, wish)
            .Run(new PreparationOptions { Records = records.Path }));
        Assert.Equal(ContainerState.Untouched, failure.State);
        Assert.DoesNotContain("veth7", host.Shell("ip link"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(records.Path));
    }
}
