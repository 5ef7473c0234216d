using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>What cannot be restored is refused with a reason, and nothing is left of the attempt.</summary>
public sealed class RestoreFailureTests : IDisposable
{
    private const int Failed = 1, Refused = 3;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void ADirectoryThatIsNoCheckpoint()
    {
        Directory.CreateDirectory(_place["empty"]);
        Directory.CreateDirectory(_place["foreign"]);
        File.WriteAllText(_place["foreign/inventory.img"], "");

        Require(Refused, "is empty", _place["empty"]);
        Require(Refused, "made by another tool", _place["foreign"]);
        Require(Refused, "there is no directory", _place["absent"]);
    }

    [Fact]
    public void AllThatCanStandInTheWayOfARestore()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }] });
        using var payload = container.ConnectPayload();
        var images = _place["images"];
        var link = container.HostLinks[0];
        Unchanged.Settle(container);

        // While the old container runs.
        Cycle.Checkpoint(container, _place["left"], "--leave-running");
        Require(Refused, "is running", _place["left"]);
        var status = payload.RequireGoingOn();
        Cycle.Checkpoint(container, images);

        // A truncated image.
        var pages = Path.Combine(images, "pages-1.img");
        var whole = File.ReadAllBytes(pages);
        File.WriteAllBytes(pages, whole[..^1]);
        Require(Refused, "damaged", images);
        // One of the right size with a bit changed, which criu would take.
        Assert.All(Directory.GetFiles(images, "*.img"), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        var flipped = whole.ToArray();
        flipped[whole.Length / 2] ^= 1;
        File.WriteAllBytes(pages, flipped);
        Require(Refused, "damaged", images);
        Assert.Contains("pages-1.img", LxcNativeCommand.Run("verify", "-D", images) is { ExitCode: Refused } found ? found.Output : "",
            StringComparison.Ordinal);
        File.WriteAllBytes(pages, whole);
        LxcNativeCommand.Run("verify", "-D", images).OrThrow();

        // The host end's name taken.
        Command.Output("ip", "link", "add", link, "type", "veth", "peer", "name", UniqueName.Link("lxnp"));
        Require(Refused, $"there is a device {link}", images);
        Command.Output("ip", "link", "del", link);

        // The bridge gone, under its name.
        Command.Output("ip", "link", "set", bridge.Name, "down");
        Command.Output("ip", "link", "set", bridge.Name, "name", bridge.Name + "x");
        Require(Refused, $"bridge {bridge.Name}", images);
        Command.Output("ip", "link", "set", bridge.Name + "x", "name", bridge.Name);
        Command.Output("ip", "link", "set", bridge.Name, "up");

        // The root gone.
        Directory.Move(container.RootfsPath, container.RootfsPath + ".away");
        Require(Refused, "does not exist", images);
        Directory.Move(container.RootfsPath + ".away", container.RootfsPath);

        // A program of the container is not there.
        var host = HostSnapshot.Capture();
        var program = Path.Combine(container.RootfsPath, "bin/payload");
        File.Move(program, program + ".away");
        Require(Refused, "/bin/payload, which it runs, is not there any more", images);
        File.Move(program + ".away", program);
        // A port that comes and goes lets the bridge, which was down above, make itself an IPv6 address: nothing of ours.
        string Difference() => host.Without("addresses", "routes").DifferenceTo(HostSnapshot.Capture().Without("addresses", "routes"));
        Wait.Until(() => Difference() is "");
        Assert.Equal("", Difference());

        // And after all of that it can be restored.
        Cycle.Restore(container, images);
        payload.RequireGoingOn(status);
        Require(Refused, "is running", images);
    }

    [Fact]
    public void AFailureWhenCriuHasAttachedToAllTasks()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions());
        Unchanged.Settle(container);
        var images = _place["images"];
        Cycle.Checkpoint(container, images);
        var host = HostSnapshot.Capture();

        // criu alone would wait for ever for the init, which waits for the tasks that criu traces.
        var core = Directory.GetFiles(images, "core-*.img").First(file => Path.GetFileName(file) != "core-1.img");
        var whole = File.ReadAllBytes(core);
        File.WriteAllBytes(core, WithoutAPermittedCapability(whole));
        Require(Failed, "nothing of it is left", images, "--check-hashes", "false");
        Unchanged.Require("after the failure", host);

        File.WriteAllBytes(core, whole);
        Cycle.Restore(container, images);
    }

    // More effective than permitted capabilities: capset(2) refuses that. The image's creds_entry has cap_prm as field 10, then cap_eff as 11.
    private static byte[] WithoutAPermittedCapability(byte[] core)
    {
        const byte permitted = 10 << 3, effective = 11 << 3, lowest = 0x01;
        var changed = core.ToArray();
        for (var i = 0; i < core.Length - 12; i++)
        {
            // Two words of the permitted ones, then the effective ones.
            var second = End(core, i + 1);
            if (core[i] != permitted || core[second] != permitted || core[End(core, second + 1)] != effective || (core[i + 1] & lowest) == 0)
                continue;
            changed[i + 1] &= unchecked((byte)~lowest);
            return changed;
        }

        throw new InvalidOperationException("no capabilities found in the image");
    }

    // Where a varint that begins here ends.
    private static int End(byte[] text, int start)
    {
        while (start < text.Length - 2 && (text[start] & 0x80) != 0)
            start++;
        return start + 1;
    }

    private static void Require(int exitCode, string message, string images, params IReadOnlyList<string> more)
    {
        Requirement.LxcNative();
        var result = LxcNativeCommand.Run(["restore", "-D", images, .. more]);
        Assert.True(result.ExitCode == exitCode, result.ToString());
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
