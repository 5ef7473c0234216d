using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>What the commands say to somebody who does not know in which state a container is.</summary>
public sealed class AdviceTests : IDisposable
{
    private const int Refused = 3, Different = 5;
    private readonly TemporaryDirectory _store = new();
    private readonly LxcContainer _container;

    public AdviceTests()
    {
        Requirement.LxcNative();
        // Its monitor runs this when init has ended.
        _container = LxcContainer.StartOnBridge(new LxcContainerOptions { Payload = PayloadMode.None, Configuration = ["lxc.hook.post-stop = /bin/sleep 1"] });
    }

    public void Dispose()
    {
        _container.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void OneThatIsGoneIsToBeRestoredAndNotStarted()
    {
        Run("checkpoint", _container.Name, "--name", "before").OrThrow();

        foreach (var command in (string[][])[["checkpoint", _container.Name], ["inspect", _container.Name], ["check", _container.Name],
            ["exec", _container.Name, "--", "true"], ["diff", $"{_container.Name}/before"], ["lock", _container.Name]])
        {
            var refusal = Run(command);
            Assert.True(refusal.ExitCode == Refused, refusal.ToString());
            Assert.Contains(", called before: `lxcnative restore " + _container.Name, refusal.Error, StringComparison.Ordinal);
        }

        // Every command takes the name that restore takes.
        var one = $"{_container.Name}/before";
        foreach (var command in (string[][])[["verify", one], ["check", one], ["inspect", one], ["export", one, _store["file"]]])
            Run(command).OrThrow();
        var restored = Run("restore", _container.Name).OrThrow();
        _container.Adopt(int.Parse(restored.Output));
        Assert.Contains("from its checkpoint before of 20", restored.Error, StringComparison.Ordinal);
        // Addresses that the kernel had not come to the end of are others by now.
        Assert.Contains(Run("diff", one).ExitCode, (int[])[0, Different]);
        Assert.Contains(Run("diff", _container.Name, _container.Name).ExitCode, (int[])[0, Different]);
        Run("diff", one, one).OrThrow();
        var refused = Run("restore", _container.Name);
        Assert.Equal(Refused, refused.ExitCode);
        Assert.Contains("Do not remove it", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void StopReturnsWhenNothingOfItIsLeft(bool isRestored)
    {
        if (isRestored)
        {
            Run("checkpoint", _container.Name, "--rehearse", "never").OrThrow();
            _container.Adopt(int.Parse(Run("restore", _container.Name).OrThrow().Output));
        }

        var links = _container.HostLinks;
        Assert.All(links, link => Assert.True(Directory.Exists($"/sys/class/net/{link}")));
        var monitor = int.Parse(ProcessTable.Status(_container.InitPid, "PPid"));

        var stopped = Run("stop", _container.Name, "--kill").OrThrow();

        Assert.DoesNotContain(monitor, ProcessTable.Living());
        Assert.All(links, link => Assert.False(Directory.Exists($"/sys/class/net/{link}")));
        Assert.Empty(CgroupTree.Of(_container.Name));
        Assert.Matches($"^{_container.Name}: stopped after [0-9.]+ m?s\n$", stopped.Error);
    }

    [Fact]
    public void ALockThatIsThereIsToldBeforeACheckpointMeetsIt()
    {
        Run("lock", _container.Name).OrThrow();
        foreach (var command in (string[])["lock", "checkpoint", "check"])
        {
            var refusal = Run(command, _container.Name);
            Assert.Equal(Refused, refusal.ExitCode);
            Assert.Contains(command == "lock" ? $"(`lxcnative unlock {_container.Name}` does)" : "LXN086", refusal.Output + refusal.Error,
                StringComparison.Ordinal);
        }

        Run("unlock", _container.Name).OrThrow();
        Run("check", _container.Name).OrThrow();
    }

    [Fact]
    public void AProgramThatIsNoneEndsAsItDoesInAShell()
    {
        const int NotFound = 127, NotExecutable = 126;
        Assert.Equal(NotFound, Run("exec", _container.Name, "--", "no-such-program").ExitCode);
        foreach (var file in (string[])["/etc/passwd", "/etc"])
            Assert.Equal(NotExecutable, Run("exec", _container.Name, "--", file).ExitCode);
    }

    private LxcNativeResult Run(params string[] arguments) =>
        LxcNativeCommand.Run(arguments, new Dictionary<string, string?> { ["LXCNATIVE_STORE"] = _store["store"] });
}
