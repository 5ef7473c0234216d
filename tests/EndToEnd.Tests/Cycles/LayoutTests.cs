using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>Containers of other shapes come back as they were too.</summary>
public class LayoutTests
{
    [Fact]
    public void TwoNicsOnTwoBridges()
    {
        using var one = HostBridge.Create();
        using var two = HostBridge.Create();
        RequireCycle(new LxcContainerOptions
        {
            Nics = [new ContainerNic(one) { HasIpv6 = false, Mtu = 1400 },
                new ContainerNic(two) { Name = "lan1", HasIpv6 = false, HostName = UniqueName.Link("lxnh") }],
        });
    }

    [Fact]
    public void Ipv6AddressesAndExtraRoutes()
    {
        using var bridge = HostBridge.Create();
        RequireCycle(new LxcContainerOptions
        {
            Nics = [new ContainerNic(bridge) { IsGateway = true }],
            Routes = [$"192.0.2.0/24 via {bridge.Subnet.Ipv4(1)} metric 7 mtu 1300", $"2001:db8:77::/48 via {bridge.Subnet.Ipv6(1)} metric 9",
                "198.51.100.0/24 dev eth0 table 100", "blackhole 203.0.113.0/24"],
        });
    }

    [Theory]
    [InlineData("root fs")]
    [InlineData(@"back\slash#and")]
    public void ARootDirectoryWhoseNameIsEscapedInMountinfo(string directory)
    {
        using var bridge = HostBridge.Create();
        RequireCycle(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }], RootfsDirectory = directory });
    }

    [Fact]
    public void ACgroupThatIsNotCalledLikeTheContainer()
    {
        using var bridge = HostBridge.Create();
        RequireCycle(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }], HasStaleCgroups = true },
            container => Assert.Contains($"lxc.payload.{container.Name}-1", File.ReadAllText($"/proc/{container.InitPid}/cgroup"), StringComparison.Ordinal));
    }

    [Fact]
    public void ThePayloadItselfAsInit()
    {
        using var bridge = HostBridge.Create();
        RequireCycle(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }], PayloadIsInit = true });
    }

    [Fact]
    public void LimitsAndDeviceRules()
    {
        // In version 2 they are programs: DeviceProgramTests.
        Requirement.LegacyController("devices");
        using var bridge = HostBridge.Create();
        RequireCycle(
            new LxcContainerOptions
            {
                Nics = [new ContainerNic(bridge) { HasIpv6 = false }],
                Configuration =
                [
                    "lxc.cgroup.devices.deny = a", "lxc.cgroup.devices.allow = c 1:3 rwm", "lxc.cgroup.devices.allow = c 1:9 r",
                    "lxc.cgroup.devices.allow = c 5:2 rwm",
                    "lxc.cgroup.devices.allow = c 136:* rwm", "lxc.cgroup.devices.allow = c *:* m", "lxc.cgroup.devices.allow = b *:* m",
                    "lxc.cgroup.memory.limit_in_bytes = 256M", "lxc.cgroup.pids.max = 200",
                ],
            },
            container => Assert.Equal(["b *:* m", "c *:* m", "c 136:* rwm", "c 1:3 rwm", "c 1:9 r", "c 5:2 rwm"], DeviceRules(container)));
    }

    /// <summary>systemd makes some below its own.</summary>
    [Fact]
    public void DeviceRulesOfACgroupThatHasOthersBelow()
    {
        Requirement.LegacyController("devices");
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge(new LxcContainerOptions
        {
            Configuration = ["lxc.cgroup.devices.deny = a", "lxc.cgroup.devices.allow = c 1:3 rwm", "lxc.cgroup.devices.allow = c 5:2 rwm"],
        });
        using var images = new TemporaryDirectory();
        var below = $"{DeviceCgroup(container)}/below/it";
        Directory.CreateDirectory(below);
        File.WriteAllText($"{below}/devices.deny", "c 5:2 rwm");
        File.WriteAllText($"{below}/cgroup.procs", $"{ProcessTable.Children(container.InitPid)[0]}");
        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);

            Assert.NotEmpty(File.ReadLines($"{below}/cgroup.procs"));
            Assert.Equal(["c 1:3 rwm", "c 5:2 rwm"], DeviceRules(container));
            Assert.Equal(["c 1:3 rwm"], File.ReadAllLines($"{below}/devices.list"));
        }
    }

    [Fact]
    public void AContainerWithTerminals()
    {
        using var bridge = HostBridge.Create();
        RequireCycle(new LxcContainerOptions
        {
            Nics = [new ContainerNic(bridge) { HasIpv6 = false }],
            EditConfiguration = text => text.Replace("lxc.tty.max = 0", "lxc.tty.max = 2", StringComparison.Ordinal),
        });
    }

    // A further bind of the host would be of the same peer group and hide what becomes of the root's.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ARootThatIsTheOnlyMountOfTheHost(bool isShared)
    {
        using var bridge = HostBridge.Create();
        RequireCycle(
            new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }], HasOnlyItsRoot = true, IsRootShared = isShared },
            container => Assert.True(!isShared || RootMount(container).Contains(" master:", StringComparison.Ordinal), RootMount(container)));
    }

    /// <summary>As systemd removes the scope of a user's container when that has ended.</summary>
    [Fact]
    public void CgroupsAboveThatWentWithIt()
    {
        Requirement.LegacyController("pids");
        Requirement.LxcNative();
        var above = $"lxn-t-above-{Guid.NewGuid():N}"[..20];
        using var container = LxcContainer.StartOnBridge(new LxcContainerOptions { Configuration = [$"lxc.cgroup.dir = {above}/scope"] });
        using var images = new TemporaryDirectory();
        using var payload = container.ConnectPayload();
        var earlier = payload.RequireGoingOn();
        IEnumerable<string> Remaining() => Directory.EnumerateDirectories("/sys/fs/cgroup")
            .SelectMany(hierarchy => Directory.EnumerateDirectories(hierarchy, above))
            .Where(directory => File.Exists($"{directory}/cgroup.procs"));
        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Wait.For("nobody is in them", () =>
            {
                foreach (var directory in Remaining().SelectMany(one => Directory.GetDirectories(one, "*", SearchOption.AllDirectories).Reverse().Append(one)))
                    Command.Run("rmdir", directory);
                return !Remaining().Any();
            });
            Cycle.Restore(container, images[$"{generation}"]);

            Assert.NotEmpty(Remaining());
            earlier = payload.RequireGoingOn(earlier);
        }

        Assert.Equal(0, LxcNativeCommand.Run("stop", container.Name, "-k").ExitCode);
        Wait.Until(() => !Remaining().Any());
        Assert.Empty(Remaining());
    }

    [Fact]
    public void AnEmptyNetwork()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions());
        using var images = new TemporaryDirectory();
        Unchanged.Settle(container);
        var host = HostSnapshot.Capture();
        var inside = ContainerSnapshot.Capture(container.InitPid);

        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);

        Unchanged.Require("afterwards", container, inside, host);
    }

    private static string RootMount(LxcContainer container) => File.ReadLines($"/proc/{container.InitPid}/mountinfo").First(line => line.Split(' ')[4] == "/");

    private static string DeviceCgroup(LxcContainer container) => "/sys/fs/cgroup/devices"
        + File.ReadLines($"/proc/{container.InitPid}/cgroup").First(line => line.Contains(":devices:", StringComparison.Ordinal)).Split(':')[2];

    private static string[] DeviceRules(LxcContainer container) =>
        [.. File.ReadAllLines($"{DeviceCgroup(container)}/devices.list").Order(StringComparer.Ordinal)];

    // Two generations: what a restored container lacks shows in the second.
    private static void RequireCycle(LxcContainerOptions options, Action<LxcContainer>? check = null)
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(options);
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        var status = payload.RequireGoingOn();
        Unchanged.Settle(container);
        var host = HostSnapshot.Capture();
        var inside = ContainerSnapshot.Capture(container.InitPid);
        check?.Invoke(container);

        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);
            status = payload.RequireGoingOn(status);
            check?.Invoke(container);
            Unchanged.Require($"generation {generation}", container, inside, host);
        }
    }
}
