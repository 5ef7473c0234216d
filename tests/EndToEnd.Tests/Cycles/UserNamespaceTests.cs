using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>A container with a user namespace (lxc.idmap). Its users are the host's own here, so that it can be dumped without CAP_SYS_RESOURCE; what has
/// others is tried on a host of eng/vm (debian-unprivileged).</summary>
public class UserNamespaceTests
{
    private static readonly string[] Map = ["lxc.idmap = u 0 0 65536", "lxc.idmap = g 0 0 65536"];

    [Fact]
    public void ComesBackWithItAndWithItsNetwork()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { IsGateway = true }], Configuration = Map });
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        var earlier = payload.RequireGoingOn();
        Unchanged.Settle(container);
        var inside = ContainerSnapshot.Capture(container.InitPid);

        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);

            earlier = payload.RequireGoingOn(earlier);
            Assert.Equal("0 0 65536", Words(File.ReadAllText($"/proc/{container.InitPid}/uid_map")));
            Assert.NotEqual(Command.Output("readlink", "/proc/self/ns/user"), Command.Output("readlink", $"/proc/{container.InitPid}/ns/user"));
            // The network is the container's own to change.
            Command.Output("nsenter", "-t", $"{container.InitPid}", "-U", "-n", "ip", "link", "set", "lo", "mtu", $"{60_000 + generation}");
            Command.Output("nsenter", "-t", $"{container.InitPid}", "-U", "-n", "ip", "link", "set", "lo", "mtu", "65536");
            Unchanged.Require($"generation {generation}", container, inside);
        }

        // In its own place too, where the network cannot be kept: it would belong to a user namespace that has ended.
        Cycle.InPlace(container, images["here"]);
        payload.RequireGoingOn(earlier);

        // What belongs to the container was shown to it, and is root's alone still.
        Assert.All(Directory.GetFiles(images["2"], "*.img"), file => Assert.Equal("0 600", Command.Output("stat", "-c", "%u %a", file).Trim()));
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
