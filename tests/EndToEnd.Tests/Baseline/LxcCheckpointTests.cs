using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Baseline;

/// <summary>What LXC's own tool keeps of a container and what it loses: the fixtures must see both.</summary>
public class LxcCheckpointTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CountersGoOnButTimerfdsDieAndRepeatedBindsBecomeWritable(bool resolvesBindSources)
    {
        Requirement.Lxc();
        Requirement.Criu();
        using var bridge = HostBridge.Create();
        using var container =
            LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }], ResolvesBindSources = resolvesBindSources });
        using var images = new TemporaryDirectory();
        using var payload = container.ConnectPayload();
        var before = payload.RequireGoingOn();

        var inside = ContainerSnapshot.Capture(container.InitPid);

        LxcCheckpoint.Dump(container, images["dump"]);
        LxcCheckpoint.Restore(container, images["dump"]);

        // criu's lock by iptables leaves its empty tables behind.
        var changed = inside.Without("nftables").DifferenceTo(ContainerSnapshot.Capture(container.InitPid).Without("nftables"));
        var lines = changed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // Where "/" is shared criu may take one bind for the other's source, and nothing changes.
        Assert.True(lines is ["mounts:", ..] || lines is [] && IsRootShared, changed);
        Assert.All(lines.Skip(1),
            line => Assert.Matches(line[2] == '-' ? "^  - /lib(64)? on / from [^ ]+ [^ ]+ ro," : "^  [+] /lib(64)? on / from [^ ]+ [^ ]+ rw,", line));

        // The same connection as before: the answer itself shows a restored socket.
        Wait.For("the payload's verdict", () => payload.Status().Error is not null, TimeSpan.FromSeconds(60));
        var after = payload.Status();
        Assert.Matches("^(fast )?timerfd: stands still at", after.Error);
        Assert.All(PayloadStatus.Running, name => Assert.True(after[name] >= before[name], $"{name}: {before[name]} -> {after[name]}"));
        string[] dead = [];
        Wait.For("all but the timers go on", () => (dead = [.. payload.Status().NotBeyond(after, 3).Select(text => text.Split(' ')[0])])
            .Except(["timerfd", "fastTimerfd"]).Any() == false);
        Assert.Contains("fastTimerfd", dead);
    }

    private static bool IsRootShared =>
        File.ReadLines("/proc/self/mountinfo").Any(line => line.Split(' ')[4] == "/" && line.Contains(" shared:", StringComparison.Ordinal));
}
