using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>Options of a checkpoint that leave something to the restore, and those of the restore that see to it.</summary>
public sealed class CounterpartTests : IDisposable
{
    private const int Refused = 3;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void AMountThatWasNamedExternalComesFromWhereTheRestoreSays()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        container.Inside("mount", "sh", "-c", "mkdir /data && mount -t tmpfs x /data && echo inside >/data/file").OrThrow();
        Directory.CreateDirectory(_place["elsewhere"]);
        File.WriteAllText(_place["elsewhere/file"], "elsewhere\n");

        Cycle.Checkpoint(container, _place["images"], "--external", "mnt[/data]:data");
        var without = LxcNativeCommand.Run("restore", "-D", _place["images"]);
        Assert.Equal(Refused, without.ExitCode);
        Assert.Contains("--external mnt[data]:PATH", without.Error, StringComparison.Ordinal);
        Cycle.Restore(container, _place["images"], "--external", $"mnt[data]:{_place["elsewhere"]}");

        Assert.Equal("elsewhere\n", container.Inside("mount", "cat", "/data/file").OrThrow().Output);
    }

    [Fact]
    public void ConnectionsThatNobodyWaitsForAnyMoreAreClosed()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using (var payload = container.ConnectPayload())
        {
            payload.RequireGoingOn();
            Assert.NotEqual(0, Established(container));
            Cycle.Checkpoint(container, _place["images"]);
        }

        Cycle.Restore(container, _place["images"], "--tcp-close");

        Assert.Equal(0, Established(container));
    }

    // By the host's own tool.
    private static int Established(LxcContainer container) =>
        container.Inside("net", "ss", "-Htn", "state", "established").OrThrow().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
}
