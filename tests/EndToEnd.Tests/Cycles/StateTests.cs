using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>States that nothing blocked and that were lost or came back wrong: each is judged by the restored container.</summary>
public class StateTests
{
    [Fact]
    public void AMacvlanOfTheHostsBridge()
    {
        Require();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            Configuration =
            [
                "lxc.net.1.type = macvlan", "lxc.net.1.macvlan.mode = bridge", $"lxc.net.1.link = {bridge.Name}", "lxc.net.1.name = mac0",
                "lxc.net.1.flags = up",
                $"lxc.net.1.ipv4.address = {bridge.Subnet.Ipv4(7)}/24",
            ],
        });
        using var images = new TemporaryDirectory();
        string Link() => container.Inside("net", "ip", "-d", "link", "show", "mac0").OrThrow().Output;
        Unchanged.Settle(container);
        var before = Link();

        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);

        Unchanged.Require(before, Link);
        Assert.Contains(bridge.Subnet.Ipv4(7), container.Inside("net", "ip", "addr", "show", "mac0").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AProgramAtAFixedAddressThatWasUpgradedIsForeseen()
    {
        Require();
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            Program = "import time\nopen('/ready', 'w')\ntime.sleep(9999)\n",
        });
        AwaitReady(container);
        File.Copy(Path.Combine(container.RootfsPath, "bin/python"), Path.Combine(container.RootfsPath, "bin/python.new"));
        File.Move(Path.Combine(container.RootfsPath, "bin/python.new"), Path.Combine(container.RootfsPath, "bin/python"), overwrite: true);
        using var images = new TemporaryDirectory();
        RequireRefused(container, "LXN027");

        Cycle.Checkpoint(container, images["2"], "--ghost-limit", "64M");
        Cycle.Restore(container, images["2"]);
    }

    [Fact]
    public void ANamedSemaphoreStaysOneFile()
    {
        Require();
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            Program = """
                import mmap, os, time
                os.close(os.open('/dev/shm/first', os.O_CREAT | os.O_RDWR)); f = open('/dev/shm/first', 'r+b'); f.truncate(4096); m = mmap.mmap(f.fileno(), 4096); f.close()
                os.link('/dev/shm/first', '/dev/shm/named'); os.unlink('/dev/shm/first'); open('/ready', 'w')
                while True: open('/seen', 'w').write(m[:5].decode()); time.sleep(0.1)
                """,
        });
        AwaitReady(container);
        using var images = new TemporaryDirectory();

        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);

        container.Inside("mount", "/bin/sh", "-c", "printf woken | dd of=/dev/shm/named conv=notrunc 2>/dev/null").OrThrow();
        Wait.For("the program sees what was written by the name", () => File.ReadAllText(Path.Combine(container.RootfsPath, "seen")) == "woken");
    }

    [Theory]
    [InlineData("os.system('ip addr add {0} dev lo'); l.bind(('{0}', 8080)); os.system('ip addr del {0}/32 dev lo')")]
    [InlineData("l.setsockopt(0, 15, 1); l.bind(('{0}', 8080))")]
    [InlineData("os.system('ip addr add {0} dev lo'); l.bind(('{0}', 8080)); l.listen(); c = socket.create_connection(('{0}', 8080)); a = l.accept(); "
        + "os.system('ip addr del {0}/32 dev lo')")]
    public void ASocketOfAnAddressThatTheContainerHasNot(string bind)
    {
        Require();
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            Program = $"import os, socket, time\nos.system('ip link set lo up'); l = "
                + $"socket.socket()\n{string.Format(System.Globalization.CultureInfo.InvariantCulture, bind, "203.0.113.5")}\nl.listen()\nopen('/ready', "
                + "'w')\ntime.sleep(9999)\n",
        });
        AwaitReady(container);
        using var images = new TemporaryDirectory();
        string[] Sockets() =>
            [.. container.Inside("net", "ss", "-Hant").Output.Split('\n')
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Order(StringComparer.Ordinal)];
        var before = Sockets();
        Assert.Contains(before, line => line.Contains("203.0.113.5:8080", StringComparison.Ordinal));

        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);

        Assert.Equal(before, Sockets());
        Assert.Equal("0", container.Inside("net", "cat", "/proc/sys/net/ipv4/ip_nonlocal_bind").Output.Trim());
        Assert.DoesNotContain("203.0.113.5", container.Inside("net", "ip", "addr").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AConnectionOverLinkLocalIpv6IsRefused()
    {
        Require();
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            Program = """
                import os, socket, time
                os.system('ip link set lo up')
                while 'lla' not in open('/proc/net/if_inet6').read(): time.sleep(0.1)
                while any(int(line.split()[4], 16) & 0x40 for line in open('/proc/net/if_inet6')): time.sleep(0.1)
                own = [line.split()[0] for line in open('/proc/net/if_inet6') if line.split()[-1] == 'lla' and line.startswith('fe80')][0]
                where = (':'.join(own[i:i + 4] for i in range(0, 32, 4)), 8080, 0, socket.if_nametoindex('lla'))
                l = socket.socket(socket.AF_INET6); l.bind(where); l.listen(); c = socket.socket(socket.AF_INET6); c.connect(where); a = l.accept()
                open('/ready', 'w'); time.sleep(9999)
                """,
        });
        container.Inside("net", "/bin/sh", "-c", "ip link add lla type veth peer name llb; ip link set lla up; ip link set llb up").OrThrow();
        AwaitReady(container);
        RequireRefused(container, "LXN062");
    }

    [Fact]
    public void ASnapshotThatNeedsANameOfTheRootIsRefused()
    {
        Require();
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            Program = "import os, time\nf = open('/first', 'w+'); f.write('x'); f.flush(); os.link('/first', '/second'); os.unlink('/first')\nopen('/ready', "
                + "'w')\ntime.sleep(9999)\n",
        });
        AwaitReady(container);
        RequireRefused(container, "LXN037", "--leave-running");
        using var images = new TemporaryDirectory();
        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);
    }

    [Theory]
    [InlineData("ip link add lla type veth peer name llb; tc qdisc add dev lla root handle 1: tbf rate 1mbit burst 32k latency 400ms")]
    [InlineData("ip xfrm policy add src 192.0.2.0/24 dst 198.51.100.0/24 dir out tmpl src 192.0.2.1 dst 198.51.100.1 proto esp mode tunnel")]
    public void NetworkSettingsThatNobodySavesAreRefused(string set)
    {
        Require();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        if (!container.Inside("net", "/bin/sh", "-c", set).Succeeded)
            Assert.Skip("the kernel has no such thing");
        RequireRefused(container, "LXN082");
    }

    [Fact]
    public void ARootThatGoesWithTheContainerIsRefused()
    {
        Require();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None, Configuration = ["lxc.ephemeral = 1"] });
        RequireRefused(container, "LXN079");
    }

    [Fact]
    public void AnotherDirectoryInThePlaceOfTheRootIsRefusedUnlessItIsNamed()
    {
        Require();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        using var images = new TemporaryDirectory();
        Cycle.Checkpoint(container, images["1"]);
        Directory.Move(container.RootfsPath, container.RootfsPath + ".old");
        Command.Output("cp", "-a", container.RootfsPath + ".old", container.RootfsPath);

        var refused = LxcNativeCommand.Run("restore", "-D", images["1"]);
        Assert.True(refused.ExitCode == 3, refused.ToString());
        Assert.Contains("is not the directory that it was", refused.Error, StringComparison.Ordinal);

        Cycle.Restore(container, images["1"], "--root", container.RootfsPath);
    }

    // The container runs on, and nothing of it was frozen.
    private static void RequireRefused(LxcContainer container, string finding, params string[] more)
    {
        using var images = new TemporaryDirectory();
        var refused = LxcNativeCommand.Run(["checkpoint", "--pid", $"{container.InitPid}", "-D", images["1"], .. more]);
        Assert.True(refused.ExitCode == 3, refused.ToString());
        Assert.Contains(finding, refused.Error, StringComparison.Ordinal);
    }

    private static void AwaitReady(LxcContainer container) => Wait.For("the program is ready", () => File.Exists(Path.Combine(container.RootfsPath, "ready")));

    private static void Require()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        Requirement.Python();
    }
}
