using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>A container that cannot come back is not ended: its images are restored once beside it, before it is let go.</summary>
public sealed class RehearsalTests : IDisposable
{
    private const int Failed = 1, Refused = 3;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void ImagesAreRehearsedBesideTheContainerAndNothingOfTheHostChanges()
    {
        using var running = new RunningContainer();
        Cycle.Checkpoint(running.Container, _place["images"], "--leave-running");
        Unchanged.Settle(running.Container);
        var host = HostSnapshot.Capture();
        var images = Listing(_place["images"], "%P %y %i %m %s %C@");
        // Its programs write meanwhile.
        var root = Listing(running.Container.RootfsPath, "%P %y %i %m");

        for (var i = 0; i < 2; i++)
        {
            var result = LxcNativeCommand.Run("check", "-D", _place["images"], "--rehearse", "--json").OrThrow();
            Assert.DoesNotContain("LXN210", result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("LXN211", result.Output, StringComparison.Ordinal);
            running.RequireUnharmed();
        }

        Assert.Equal(images, Listing(_place["images"], "%P %y %i %m %s %C@"));
        Assert.Equal(root, Listing(running.Container.RootfsPath, "%P %y %i %m"));
        Unchanged.Require("after rehearsals", host);
        RequireNothingLeft();
    }

    [Fact]
    public void ImagesThatDoNotComeBackAreTold()
    {
        using var running = new RunningContainer();
        Cycle.Checkpoint(running.Container, _place["images"], "--leave-running");
        // Another program of the same size: criu alone sees that, by what the linker wrote into it.
        var program = Path.Combine(running.Container.RootfsPath, "sbin/init");
        var bytes = File.ReadAllBytes(program);
        // NT_GNU_BUILD_ID (elf.h): the lengths of name and content, the type, the name.
        ReadOnlySpan<byte> head = [4, 0, 0, 0, 20, 0, 0, 0, 3, 0, 0, 0, (byte)'G', (byte)'N', (byte)'U', 0];
        bytes[bytes.AsSpan().IndexOf(head) + head.Length] ^= 1;
        File.WriteAllBytes(program + ".new", bytes);
        File.SetUnixFileMode(program + ".new", File.GetUnixFileMode(program));
        File.Move(program + ".new", program, overwrite: true);
        var result = LxcNativeCommand.Run("check", "-D", _place["images"], "--rehearse");
        Assert.Equal(Refused, result.ExitCode);
        Assert.Contains("LXN210", result.Output, StringComparison.Ordinal);
        RequireNothingLeft();
    }

    [Fact]
    public void ACheckIsRehearsedAndThrownAway()
    {
        using var running = new RunningContainer();
        Unchanged.Settle(running.Container);
        var host = HostSnapshot.Capture();
        var result = LxcNativeCommand.Run("check", running.Container.Name, "--rehearse", "--json").OrThrow();
        Assert.True(result.Json().GetProperty("stoodStill").GetInt64() > 0, result.Output);
        running.RequireUnharmed();
        Unchanged.Require("after the check", host);
        Assert.Empty(Directory.EnumerateDirectories("/dev/shm", ".lxcnative-*"));
        RequireNothingLeft();
    }

    [Fact]
    public void TheTimeThatItTakesIsTold()
    {
        using var running = new RunningContainer();
        var times = Cycle.Checkpoint(running.Container, _place["images"]).GetProperty("timings");
        Assert.InRange(times.GetProperty("rehearsal").GetInt64(), 1, times.GetProperty("pause").GetInt64());
        Assert.Equal(0, Cycle.Restore(running.Container, _place["images"]).GetProperty("warnings").GetArrayLength());
        running.Payload.RequireGoingOn();
        Assert.Equal(0, Cycle.Checkpoint(running.Container, _place["second"], "--rehearse", "never").GetProperty("timings").GetProperty("rehearsal")
            .GetInt64());
        Cycle.Restore(running.Container, _place["second"]);
        running.Payload.RequireGoingOn();
        RequireNothingLeft();
    }

    [Fact]
    public void ARehearsalThatHangsIsGivenUpAndTheContainerRunsOn()
    {
        using var running = new RunningContainer();
        // Hangs where it is not in the pid namespace of the host, as everything of a rehearsal.
        var criu = _place.Script("criu", $"[ \"$(readlink /proc/self/ns/pid)\" = '{ProcessTable.Link(Environment.ProcessId, "ns/pid")}' ] || sleep 1000\n"
            + $"exec {CriuCommand.Find()} \"$@\"");
        var result = LxcNativeCommand.Run(
            ["checkpoint", running.Container.Name, "-D", _place["images"], "--rehearsal-timeout", "2"],
            new Dictionary<string, string?> { ["LXCNATIVE_CRIU"] = criu });
        Assert.Equal(Failed, result.ExitCode);
        Assert.Contains("did not come to its end within 2 s", result.Error, StringComparison.Ordinal);
        running.RequireUnharmed();
        RequireNothingLeft();
    }

    [Theory]
    [InlineData("exit 1", 60, "said no")]
    [InlineData("sleep 1000", 1, "did not answer within 1 s")]
    public void ANoOrSilenceOfTheCommitCommandLetsTheContainerRunOn(string script, int timeout, string message)
    {
        using var running = new RunningContainer();
        var result = LxcNativeCommand.Run("checkpoint", running.Container.Name, "-D", _place["images"], "--rehearse", "never", "--commit-command",
            _place.Script("program", script), "--commit-timeout", $"{timeout}");
        Assert.Equal(Failed, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_place["images"], "lxcnative.json")));
        running.RequireUnharmed();
    }

    [Fact]
    public void TheCommitCommandIsAskedWhenTheImagesAreCompleteAndTheContainerStillStandsStill()
    {
        using var running = new RunningContainer();
        var program = _place.Script("program",
            $"test -s \"$1/lxcnative.json\" && test -d /proc/{running.Container.InitPid} && echo \"$2\" > {_place["asked"]}");
        Cycle.Checkpoint(running.Container, _place["images"], "--commit-command", program);
        Assert.Equal(running.Container.Name, File.ReadAllText(_place["asked"]).Trim());
        Cycle.Restore(running.Container, _place["images"]);
        running.Payload.RequireGoingOn();
    }

    internal static void RequireNothingLeft()
    {
        string[] left = [];
        Wait.Until(() =>
            (left = [.. CgroupTree.Directories().Where(path => path.Contains("/lxcnative-rehearsal-", StringComparison.Ordinal)), .. Places()]).Length == 0);
        Assert.Empty(left);
    }

    private static IEnumerable<string> Places() =>
        Directory.Exists("/run/lxcnative/restores") ? Directory.EnumerateDirectories("/run/lxcnative/restores", "lxcnative-rehearsal-*") : [];

    private static string[] Listing(string directory, string format) =>
        [.. Command.Output("find", directory, "-xdev", "-printf", format + "\n").Split('\n').Order(StringComparer.Ordinal)];
}
