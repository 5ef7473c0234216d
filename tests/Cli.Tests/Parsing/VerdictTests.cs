using LxcNative.Cli.Commands;
using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Cli.Tests.Parsing;

/// <summary>The exit code says what became of the container.</summary>
public sealed class VerdictTests
{
    [Theory]
    [InlineData(ContainerState.Untouched, 1)]
    [InlineData(ContainerState.RunsOn, 1)]
    [InlineData(ContainerState.Dumped, 4)]
    [InlineData(ContainerState.NeedsAttention, 4)]
    public void OfAFailureByItsState(ContainerState state, int code)
    {
        var verdict = Verdict.Of(new FailedException("it failed", state));
        Assert.Equal((code, "it failed", (ContainerState?)state), (verdict.ExitCode, verdict.Message, verdict.State));
    }

    [Fact]
    public void OfARefusal() => Assert.Equal(3, Verdict.Of(new RefusedException("no")).ExitCode);

    [Fact]
    public void OfSomebodyWhoIsNotRoot() => Assert.Equal(3, Verdict.Of(new UnauthorizedAccessException("run it with sudo")).ExitCode);

    [Fact]
    public void OfAMachineWithoutCriu() => Assert.Equal(3, Verdict.Of(new CriuNotFoundException("there is no criu", [])).ExitCode);

    [Fact]
    public void OfASystemCall() => Assert.Equal(1, Verdict.Of(new SyscallException("open", "\"/x\"", Errno.EIO)).ExitCode);

    [Theory]
    [InlineData(false, "the network of web has a lock already, put there by process 7 (lxcnative), which need not run any more (table inet a): it stays until "
        + "somebody removes it (`lxcnative unlock web` does)")]
    [InlineData(true, "the network of web has a lock already, held by process 7 (lxcnative) (table inet a): it ends with that process")]
    public void OfALockThatIsThere(bool endsWithHolder, string message)
    {
        var info = new NetworkLockInfo(NetworkLockMethod.NfTables, ["table inet a"], 7, "process 7 (lxcnative)") { EndsWithHolder = endsWithHolder };
        var verdict = Verdict.Of(new NetworkLockHeldException(info).Of("web"));
        Assert.Equal((3, message), (verdict.ExitCode, verdict.Message));
    }

    [Fact]
    public void OfCtrlC()
    {
        var verdict = Verdict.Of(new OperationCanceledException());
        Assert.Equal((1, "interrupted before anything was frozen or made"), (verdict.ExitCode, verdict.Message));
    }

    [Fact]
    public void OfWhatNobodyForesaw()
    {
        var verdict = Verdict.Of(new InvalidOperationException("Sequence contains no elements"));
        Assert.Equal((4, (ContainerState?)null), (verdict.ExitCode, verdict.State));
        Assert.StartsWith("this is a fault of lxcnative", verdict.Message, StringComparison.Ordinal);
        Assert.Contains("Sequence contains no elements", verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(86401)]
    public void OfATimeoutThatCannotBe(double seconds)
    {
        var verdict = Refused(new CheckpointOptions { Timeout = TimeSpan.FromSeconds(seconds) });
        Assert.Equal(2, verdict.ExitCode);
        Assert.StartsWith("--timeout: ", verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--name: ", "a/b", null, null)]
    [InlineData("--name: ", "..", null, null)]
    [InlineData("--name: ", "", null, null)]
    [InlineData("--name: ", "-x", null, null)]
    [InlineData("--hwaddr: ", "twin", "00:16:3e:01:02", null)]
    [InlineData("--hwaddr: ", "twin", "01:16:3e:01:02:03", null)]
    [InlineData("--hwaddr: ", null, "00:16:3e:01:02:03", null)]
    [InlineData("--hostname: ", "twin", null, "a b")]
    [InlineData("--hostname: ", null, null, "host")]
    public void OfACloneThatCannotBe(string flag, string? name, string? mac, string? host)
    {
        var verdict = Verdict.Of(Assert.Throws<InvalidOptionException>(
            () => new Restorer().Restore("/nowhere", new RestoreOptions { Name = name, HardwareAddress = mac, HostName = host },
                cancellation: TestContext.Current.CancellationToken)));
        Assert.Equal(2, verdict.ExitCode);
        Assert.StartsWith(flag, verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("inventory.img")]
    [InlineData("lxcnative.json")]
    [InlineData("a\nb")]
    public void OfALogThatCannotBe(string name)
    {
        var verdict = Refused(new CheckpointOptions { LogFile = name });
        Assert.Equal(2, verdict.ExitCode);
        Assert.StartsWith("--log-file: ", verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("-n")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    public void OfALabelThatCannotBe(string label)
    {
        var verdict = Refused(new CheckpointOptions { Label = label });
        Assert.Equal(2, verdict.ExitCode);
        Assert.StartsWith("--name: ", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfOtherOptionsThatCannotBe()
    {
        Assert.StartsWith("--verbosity: ", Refused(new CheckpointOptions { Verbosity = 5 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("--external: ", Refused(new CheckpointOptions { External = ["data"] }).Message, StringComparison.Ordinal);
        Assert.StartsWith("--images-dir: ", Refused(new CheckpointOptions { ImagesDirectory = "" }).Message, StringComparison.Ordinal);
        Assert.StartsWith("--restore: ", Refused(new CheckpointOptions { Restore = true, LeaveRunning = true }).Message, StringComparison.Ordinal);
        Assert.StartsWith("--netns: ", Refused(new CheckpointOptions { Network = (CaptureMode)7 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("--veth-pair: ", Refused(new RestoreOptions { VethPairs = [new VethPairOption("eth0", "a/b", null)] }).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("--veth-pair: ",
            Refused(new RestoreOptions { VethPairs = [new VethPairOption("eth0", "a", null), new VethPairOption("eth0", "b", null)] }).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("--lsm-profile: ", Refused(new RestoreOptions { LsmProfile = "unconfined" }).Message, StringComparison.Ordinal);
        Assert.StartsWith("--pidfile: ", Refused(new RestoreOptions { PidFile = "/no/such/place/pid" }).Message, StringComparison.Ordinal);
        Assert.StartsWith("--root: ", Refused(new RestoreOptions { Root = "" }).Message, StringComparison.Ordinal);
    }

    // Before anything is started or looked for: the names are of nobody.
    private static Verdict Refused(CheckpointOptions options) =>
        Verdict.Of(Assert.ThrowsAny<Exception>(() => new Checkpointer().Checkpoint("no-such-container", options)));

    private static Verdict Refused(RestoreOptions options) => Verdict.Of(Assert.ThrowsAny<Exception>(() => new Restorer().Restore("/no/such/images", options)));
}
