using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;

namespace LxcNative.Orchestrator.Tests.Preparation;

public sealed class LxcConfigurationTests
{
    // As the article prints it.
    private const string Article = """
        lxc.console=none
        lxc.utsname = test-lxc
        lxc.network.type = veth
        lxc.network.flags = up
        lxc.network.link = br0
        lxc.network.name = eth0
        lxc.mount = /root/test-lxc/etc/fstab
        lxc.rootfs = /root/test-lxc-root/
        lxc.console = none
        lxc.tty = 0

        """;

    [Fact]
    public void TheArticlesConfigurationIsConverted() => Assert.Equal(
        """
        lxc.console.path = none
        lxc.uts.name = test-lxc
        lxc.net.0.type = veth
        lxc.net.0.flags = up
        lxc.net.0.link = br0
        lxc.net.0.name = eth0
        lxc.mount.fstab = /root/test-lxc/etc/fstab
        lxc.rootfs.path = /root/test-lxc-root/
        lxc.console.path = none
        lxc.tty.max = 0

        """,
        KeyConversion.Convert(LxcConfiguration.Parse(Article)).ToString());

    [Theory]
    // The article's own: its devpts is LXC's to mount, its shm has no directory on LXC's /dev.
    [InlineData("lxc.mount.fstab = /f", "none /r/dev/pts devpts defaults 0 0\nnone /r/proc    proc   defaults 0 0\nnone /r/dev/shm tmpfs  defaults 0 0",
        "# the entries of /f\nlxc.mount.entry = none proc proc defaults 0 0\nlxc.mount.entry = none dev/shm tmpfs defaults,create=dir 0 0\nlxc.pty.max = 1024")]
    [InlineData("lxc.mount.fstab = /f\nlxc.pty.max = 7", "# c\n\npts dev/pts devpts\ntmp dev/a\\040b tmpfs nosuid",
        "# the entries of /f\nlxc.mount.entry = tmp dev/a\\040b tmpfs nosuid,create=dir 0 0\nlxc.pty.max = 7")]
    [InlineData("lxc.mount.fstab = /f", "none /elsewhere/dev/shm tmpfs defaults 0 0", null)]
    [InlineData("lxc.mount.fstab = /f", "none dev/shm tmpfs defaults,create=dir 0 0\nnone /r/proc proc defaults", null)]
    [InlineData("lxc.mount.fstab = /f\nlxc.autodev = 0", "none dev/shm tmpfs defaults 0 0", null)]
    public void AnFstabThatLxcOfTodayCouldNotMountIsTakenIn(string config, string fstab, string? expected)
    {
        var configuration = LxcConfiguration.Parse(config);
        Assert.Equal(expected is not null, FstabInlining.IsNeeded(configuration, fstab, "/r/"));
        if (expected is not null)
            Assert.Equal(expected, FstabInlining.Apply(configuration, fstab, "/r/").ToString().TrimEnd('\n'));
    }

    [Theory]
    [InlineData("lxc.rootfs = /r\nlxc.rootfs.backend = overlayfs", "lxc.rootfs.path = overlayfs:/r")]
    [InlineData("lxc.rootfs = /r\nlxc.rootfs.backend = dir", "lxc.rootfs.path = /r")]
    [InlineData("lxc.network.type = veth\nlxc.network.ipv4 = 10.0.0.2/24\nlxc.network.ipv4.gateway = 10.0.0.1\nlxc.network.type = "
        + "empty\nlxc.network.script.up = /x",
        "lxc.net.0.type = veth\nlxc.net.0.ipv4.address = 10.0.0.2/24\nlxc.net.0.ipv4.gateway = 10.0.0.1\nlxc.net.1.type = empty\nlxc.net.1.script.up = /x")]
    [InlineData("lxc.network.3.type = veth\nlxc.network.3.ipv6 = fd00::2/64", "lxc.net.3.type = veth\nlxc.net.3.ipv6.address = fd00::2/64")]
    [InlineData("lxc.network =", "lxc.net = ")]
    [InlineData("lxc.id_map = u 0 100000 65536\nlxc.pts = 1024\nlxc.devttydir = lxc\nlxc.aa_profile = unconfined\nlxc.seccomp = /s\nlxc.limit.nofile = "
        + "9\nlxc.init_cmd = /i\nlxc.haltsignal = SIGUSR1\nlxc.loglevel = 1",
        "lxc.idmap = u 0 100000 65536\nlxc.pty.max = 1024\nlxc.tty.dir = lxc\nlxc.apparmor.profile = unconfined\nlxc.seccomp.profile = /s\nlxc.prlimit.nofile "
        + "= 9\nlxc.init.cmd = /i\nlxc.signal.halt = SIGUSR1\nlxc.log.level = 1")]
    [InlineData("lxc.pivotdir = x\nlxc.kmsg = 1\nlxc.mount.entry = a b none bind 0 0\nlxc.cgroup.cpuset.cpus = 0",
        "lxc.mount.entry = a b none bind 0 0\nlxc.cgroup.cpuset.cpus = 0")]
    public void OldKeysAreReplaced(string old, string current) =>
        Assert.Equal(current, KeyConversion.Convert(LxcConfiguration.Parse(old)).ToString().TrimEnd('\n'));

    [Fact]
    public void WhatIsOfTodayStaysToTheLetter()
    {
        const string Text = "# a comment\n\n  lxc.uts.name=a   \nlxc.net.0.type = veth\nsomething.else = 1\n\t# another\n";
        Assert.Equal(Text, KeyConversion.Convert(LxcConfiguration.Parse(Text)).ToString());
    }

    [Theory]
    [InlineData("lxc.tty.max = 4\nlxc.tty.max = 1", "lxc.tty.max", "1")]
    [InlineData("lxc.tty.max = \"4\"", "lxc.tty.max", "4")]
    [InlineData("lxc.tty.max = 4\nlxc.tty.max =", "lxc.tty.max", null)]
    [InlineData("  lxc.uts.name   =   'a b'  ", "lxc.uts.name", "a b")]
    [InlineData("lxc.mount.entry = a=b c", "lxc.mount.entry", "a=b c")]
    public void TheValueInForceIsTheLast(string text, string key, string? value) => Assert.Equal(value, LxcConfiguration.Parse(text).Get(key));

    [Fact]
    public void ListsAreClearedByAnEmptyValue() =>
        Assert.Equal(["b", "c"], LxcConfiguration.Parse("lxc.cap.drop = a\nlxc.cap.drop =\nlxc.cap.drop = b\nlxc.cap.drop = c").GetAll("lxc.cap.drop"));

    [Fact]
    public void AValueIsSetWhereTheLastStands() =>
        Assert.Equal("lxc.tty.max = 4\n# x\nlxc.tty.max = 0\n", LxcConfiguration.Parse("lxc.tty.max = 4\n# x\nlxc.tty.max = 2").With("lxc.tty.max", "0")
            .ToString());

    [Theory]
    [InlineData("lxc.uts.name = a\nrubbish", 2, "no \"key = value\"")]
    [InlineData("lxc.tty.max", 1, "has no value")]
    [InlineData("lxc. = 1", 1, "no key")]
    [InlineData("lxc.a b = 1", 1, "no key")]
    [InlineData("\nlxc.uts.name = a\u0001b", 2, "control character")]
    public void WhatCannotBeUnderstoodIsSaidWithItsLine(string text, int line, string why)
    {
        var failure = Assert.Throws<MalformedConfigurationException>(() => LxcConfiguration.Parse(text, "file"));
        Assert.Equal(line, failure.Line);
        Assert.StartsWith($"file:{line}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANetworkKeyWithoutADeviceIsRefused() =>
        Assert.Throws<MalformedConfigurationException>(() => KeyConversion.Convert(LxcConfiguration.Parse("lxc.network.link = br0")));

    [Theory]
    [InlineData(null, 30)]
    [InlineData("SIGUSR1", 10)]
    [InlineData("RTMIN+3", 37)]
    [InlineData("SIGRTMAX-1", 63)]
    [InlineData("15", 15)]
    [InlineData("nonsense", 30)]
    public void HaltSignalsAreRead(string? value, int signal) => Assert.Equal(signal, (int)HaltSignal.Parse(value));
}
