using System.Globalization;
using System.Text.Json;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>Memory that is copied while the container runs: every page is what it was at the freeze, in the images that come of it.</summary>
public class PreCopyTests
{
    private const int Megabytes = 64;

    [Theory]
    [InlineData(0)]
    [InlineData(20_000)]
    public void EveryPageIsThatOfTheFreeze(int rate)
    {
        using var container = StartWith(rate);
        using var images = new TemporaryDirectory();
        var written = Written(container);
        for (var generation = 1; generation <= 3; generation++)
        {
            var result = Cycle.Checkpoint(container, images[$"{generation}"], "--leave-running", "--pre-copy");
            RequireCopied(result);
            Assert.False(Directory.EnumerateDirectories(images[$"{generation}"]).Any());
            Assert.True(Written(container) >= written);
            container.Stop();
            Cycle.Restore(container, images[$"{generation}"], "--verify");
            var now = Written(container);
            Assert.True(rate == 0 || now > written, $"{now} after {written}");
            written = now;
        }
    }

    [Fact]
    public void ARunningContainerIsCheckpointedAgainAndAgain()
    {
        using var container = StartWith(5000);
        using var images = new TemporaryDirectory();
        for (var i = 1; i <= 5; i++)
            RequireCopied(Cycle.Checkpoint(container, images[$"{i}"], "--leave-running", "--pre-copy", "--max-rounds", "3"));
        _ = Written(container);
        container.Stop();
        Cycle.Restore(container, images["2"]);
        _ = Written(container);
    }

    [Fact]
    public void ARehearsedOneHasItsPagesBefore()
    {
        using var container = StartWith(1000);
        using var images = new TemporaryDirectory();
        RequireCopied(Cycle.Checkpoint(container, images["1"], "--leave-running", "--pre-copy", "--rehearse", "always"));
        container.Stop();
        Cycle.Restore(container, images["1"]);
        _ = Written(container);
    }

    [Fact]
    public void WithoutLeaveRunningItIsRefusedBeforeAnythingIsLookedAt()
    {
        Requirement.LxcNative();
        var result = LxcNativeCommand.Run("checkpoint", "nobody", "--pre-copy");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--pre-copy", result.Error, StringComparison.Ordinal);
    }

    private static LxcContainer StartWith(int rate)
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        var container = LxcContainer.Create(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            BootScript = [$"/bin/memory {Megabytes} {rate} &"],
        });
        try
        {
            File.Copy(PayloadBinary.Build("memory"), $"{container.RootfsPath}/bin/memory");
            container.Start();
            Wait.For("it has its memory", () => File.Exists($"{container.RootfsPath}/ready"));
            return container;
        }
        catch
        {
            container.Dispose();
            throw;
        }
    }

    private static void RequireCopied(JsonElement result) =>
        Assert.True(result.GetProperty("preCopied").EnumerateArray().First().GetProperty("bytes").GetInt64() >= Megabytes << 20, result.ToString());

    private static IEnumerable<int> Below(int pid) => ProcessTable.Children(pid).SelectMany(child => Below(child).Prepend(child));

    // How often it has written to a page; all of them are what they have to be.
    private static ulong Written(LxcContainer container)
    {
        var file = $"{container.RootfsPath}/result";
        File.Delete(file);
        // Not its child, which has one thread.
        var pid = Below(container.InitPid).Single(pid => ProcessTable.CommandLine(pid).StartsWith("/bin/memory", StringComparison.Ordinal)
            && ProcessTable.Status(pid, "Threads") == "3");
        Command.Output("kill", "-USR1", $"{pid}");
        Wait.For("it has looked at its memory", () => File.Exists(file));
        var fields = File.ReadAllText(file).Trim().Split(' ');
        Assert.Equal(["wrong", "0", "others", "0", "written"], fields[..5]);
        return ulong.Parse(fields[5], CultureInfo.InvariantCulture);
    }
}
