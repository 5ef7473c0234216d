using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Baseline;

/// <summary>The container is what its options say.</summary>
public class ContainerTests
{
    [Fact]
    public void NicsRoutesAndNamesAreAsAskedFor()
    {
        Requirement.Lxc();
        using HostBridge first = HostBridge.Create(macAddress: "02:11:22:33:44:55"), second = HostBridge.Create(mtu: 1400);
        var hostName = UniqueName.Link("lxnv");
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Nics =
            [
                new ContainerNic(first) { HostName = hostName, MacAddress = "00:16:3e:aa:bb:cc", IsGateway = true },
                new ContainerNic(second, Host: 7) { Name = "inner1", Mtu = 1400, HasIpv6 = false },
            ],
            Routes = [$"192.0.2.0/24 via {first.Subnet.Ipv4(9)}", $"2001:db8::/32 via {first.Subnet.Ipv6(9)} table 77"],
            RootfsDirectory = "root fs\\x",
            Payload = PayloadMode.Demo,
        });

        Assert.Equal("RUNNING", container.State());
        Assert.Equal(hostName, container.HostLinks[0]);
        var inside = ContainerSnapshot.Capture(container.InitPid);
        Assert.Contains(inside["links"],
            line => line.Contains("address: 00:16:3e:aa:bb:cc", StringComparison.Ordinal) && line.Contains("ifname: eth0", StringComparison.Ordinal));
        Assert.Contains(inside["links"],
            line => line.Contains("ifname: inner1", StringComparison.Ordinal) && line.Contains("mtu: 1400", StringComparison.Ordinal));
        Assert.Contains(inside["routes v4"], line => line.StartsWith("192.0.2.0/24 via", StringComparison.Ordinal));
        Assert.Contains(inside["routes v6"],
            line => line.StartsWith("2001:db8::/32", StringComparison.Ordinal) && line.Contains("table 77", StringComparison.Ordinal));
        Assert.Contains(inside["mounts"], line => line.Contains(@"root\040fs\134x", StringComparison.Ordinal));
        Assert.Equal([container.Name], inside["hostname"]);
        Assert.Contains(inside["processes"], line => line.StartsWith("1 parent outside init", StringComparison.Ordinal));

        using var overIpv4 = PayloadClient.Connect(container.Options.Nics[1].Ipv4, container.Options.Port);
        using var overIpv6 = container.ConnectPayload(overIpv6: true);
        Unchanged.Settle(container);
        var connected = ContainerSnapshot.Capture(container.InitPid);
        Assert.Null(overIpv6.RequireGoingOn(overIpv4.Status()).Error);
        Unchanged.Require("while it runs", container, connected);
    }

    [Fact]
    public void HeldBytesStayInTheKernelsQueues()
    {
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var echo = payload.StartEcho();
        echo.RequireAnswers();

        payload.Do("hold");
        payload.Do("hold-fifo");
        payload.Do("write-fifo 500");
        Wait.For("records in the FIFO", () => payload.Status() is var status && status["fifoWritten"] >= status["fifoRead"] + 500);
        Wait.For("unread bytes", () => container.Inside("net", "ss", "-Htn", "state", "established", "sport", "=", ":7001").OrThrow()
            .Output is [>= '1' and <= '9', ..]);

        payload.Do("release");
        payload.Do("release-fifo");
        payload.RequireGoingOn();
        Assert.Null(echo.Stop().Failure);
    }

    [Fact]
    public void PacketsAreSeenOnTheBridgeAndInside()
    {
        Requirement.Lxc();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }], Payload = PayloadMode.Demo });
        using var payload = container.ConnectPayload();
        using var outside = PacketCapture.Start(bridge.Name, "tcp port 7000");
        using var inside = PacketCapture.Start("eth0", "tcp port 7000", container.InitPid);

        payload.Status();

        Wait.For("the question on the bridge",
            () => outside.Lines.Any(line => line.Contains($"> {container.Ipv4}.7000: Flags [P.]", StringComparison.Ordinal)));
        Wait.For("the answer inside", () => inside.Lines.Any(line => line.Contains($"{container.Ipv4}.7000 >", StringComparison.Ordinal)));
    }
}
