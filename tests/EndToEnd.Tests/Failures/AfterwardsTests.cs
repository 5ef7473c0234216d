using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>What fails when the container is gone already, or runs again, is told, and changes neither what was done nor the exit code.</summary>
public sealed class AfterwardsTests : IDisposable
{
    private const int Refused = 3;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(">&-")]
    [InlineData("2>&-")]
    [InlineData(">/dev/full 2>&1")]
    [InlineData(">&- 2>&- <&-")]
    public void AnOutputThatNobodyTakes(string streams)
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });

        Assert.Equal(0, Shell($"checkpoint {container.Name} -D {_place["1"]} --leave-running {streams}"));
        Assert.Equal("RUNNING", container.State());
        Assert.Equal(0, Shell($"checkpoint {container.Name} -D {_place["2"]} {streams}"));
        Assert.True(File.Exists(_place["2/lxcnative.json"]));
        Assert.Equal(0, Shell($"restore -D {_place["2"]} --pidfile {_place["pid"]} {streams}"));
        container.Adopt(int.Parse(File.ReadAllText(_place["pid"])));
        Assert.True(Directory.Exists($"/proc/{container.InitPid}"));
    }

    [Fact]
    public void FilesThatCannotBeWritten()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });

        // Nobody can make a file in /proc.
        var checkpoint = LxcNativeCommand.Run("checkpoint", container.Name, "-D", _place["1"], "--timeline", "/proc/pause.svg").OrThrow();
        Assert.Contains("warning: the timeline could not be written", checkpoint.Error, StringComparison.Ordinal);
        var restore = LxcNativeCommand.Run("restore", "-D", _place["1"], "--pidfile", "/proc/no-such-pid").OrThrow();
        Assert.Contains("warning: the container runs, but its pid could not be written", restore.Error, StringComparison.Ordinal);
        container.Adopt(int.Parse(restore.Output));
    }

    [Fact]
    public void AContainerWithoutAMonitorIsNotToBeStartedAgain()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        Cycle.Checkpoint(container, _place["1"]);
        Cycle.Restore(container, _place["1"], "--restore-detached");

        var result = LxcNativeCommand.Run("inspect", container.Name);

        Assert.Equal(Refused, result.ExitCode);
        Assert.Contains($"no monitor answers for container {container.Name}, but it runs", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("lxc-start", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, LxcNativeCommand.Run("inspect", "--pid", $"{container.InitPid}").ExitCode);
    }

    private static int Shell(string line) => Command.Run("bash", "-c", $"{LxcNativeCommand.Executable} {line}").ExitCode;
}
