using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>What cannot be checkpointed is refused with a reason and the right exit code, and the container runs on as if nothing had been.</summary>
public sealed class CheckpointFailureTests(RunningContainer running) : IClassFixture<RunningContainer>, IDisposable
{
    private const int Failed = 1, Usage = 2, Refused = 3;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void APidThatDoesNotExist() => Require(Refused, "there is no process 4194300", ["checkpoint", "--pid", "4194300"]);

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    public void ANumberThatIsNoPid(string pid) => Require(Refused, "is not a process id", ["checkpoint", "--pid", pid]);

    [Fact]
    public void APidOfTheHost() => Require(Refused, "is a process of the host", ["checkpoint", "--pid", $"{Environment.ProcessId}"]);

    [Fact]
    public void ANameThatNobodyHas() => Require(Refused, "there is no container no-such-container", ["checkpoint", "no-such-container"]);

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("checkpoint", "name", "--pid", "1")]
    [InlineData("checkpoint", "--pid", "one")]
    [InlineData("checkpoint", "--no-such-option")]
    [InlineData("checkpoint", "name", "--log-file", "a/b")]
    [InlineData("checkpoint", "name", "-v", "9")]
    [InlineData("restore")]
    [InlineData("restore", "-D", "/x", "--veth-pair", "eth0")]
    [InlineData("no-such-command")]
    public void ACommandLineThatIsWrong(params string[] arguments)
    {
        Requirement.LxcNative();
        Assert.Equal(Usage, LxcNativeCommand.Run(arguments).ExitCode);
    }

    /// <summary>What every checkpoint needs is missed at once. Some are asked for when criu has been started and waits already: it has to be let go, or nobody
    /// ever comes back.</summary>
    [Theory]
    [InlineData("criu_local_add_external", Failed)]
    [InlineData("criu_local_set_images_dir_fd", Refused)]
    [InlineData("criu_local_set_manage_cgroups_mode", Failed)]
    [InlineData("criu_local_set_network_lock", Failed)]
    [InlineData("criu_local_set_service_fd", Refused)]
    [InlineData("criu_local_set_timeout", Failed)]
    public void ALibCriuThatLacksAFunction(string function, int exitCode)
    {
        Requirement.LxcNative();
        var library = OlderLibCriu.Without(_place.Path, function);
        Require(exitCode, $"has no {function}",
            ["checkpoint", running.Container.Name, "--leave-running", "--timeout", "60", "--libcriu", library, "-D", _place["images"]]);
        Assert.False(Directory.Exists(_place["images"]));
    }

    [Fact]
    public void AUserWhoIsNotRoot()
    {
        Requirement.LxcNative();
        Requirement.Root();
        // A binary that others can reach: the repository may lie in a directory that is root's alone.
        var copy = Path.Combine(Directory.CreateTempSubdirectory("lxcnative-user-").FullName, "lxcnative");
        try
        {
            File.Copy(LxcNativeCommand.Executable, copy);
            Command.Output("chmod", "755", Path.GetDirectoryName(copy)!, copy);
            var result = Command.Run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", copy, "checkpoint", "--pid",
                $"{running.Container.InitPid}");
            Assert.Equal(Refused, result.ExitCode);
            Assert.Contains("root", result.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
        }

        running.RequireUnharmed();
    }

    [Fact]
    public void NoCriu() => Require(Refused, "criu was not found", Checkpoint(_place["new"]), ("LXCNATIVE_CRIU", "/no/such/criu"));

    [Fact]
    public void NoLibcriu() => Require(Refused, "libcriu", Checkpoint(_place["new"]), ("LXCNATIVE_LIBCRIU", "/no/such/libcriu.so.2"));

    [Fact]
    public void ALibraryThatIsNotLibcriu() => Require(Refused, "libcriu", Checkpoint(_place["new"]), ("LXCNATIVE_LIBCRIU", "/lib/x86_64-linux-gnu/libm.so.6"));

    [Fact]
    public void AProgramThatIsNotCriu() => Require(Refused, "is not a usable criu", Checkpoint(_place["new"]), ("LXCNATIVE_CRIU", "/bin/true"));

    [Fact]
    public void AnImagesDirectoryThatIsNotEmpty()
    {
        File.WriteAllText(_place["file"], "mine");
        Require(Refused, "is not empty", Checkpoint(_place.Path));
        Assert.Equal("mine", File.ReadAllText(_place["file"]));
    }

    [Fact]
    public void AnImagesDirectoryThatIsASymbolicLink()
    {
        Directory.CreateDirectory(_place["real"]);
        File.CreateSymbolicLink(_place["link"], _place["real"]);
        Require(Refused, "symbolic link", Checkpoint(_place["link"]));
    }

    [Fact]
    public void AnImagesDirectoryThatCannotBeWritten()
    {
        using var mount = new MountedTmpfs(_place["ro"], "ro");
        Require(Refused, "cannot be used", Checkpoint(mount.Path));
    }

    [Fact]
    public void AFileSystemThatIsFull()
    {
        using var mount = new MountedTmpfs(_place["full"], "size=64k");
        Require(Refused, "is full", Checkpoint(mount.Path));
    }

    [Fact]
    public void AFileSystemThatFillsUpDuringTheDump()
    {
        // Enough for the memory by the estimate, not for everything else; what is written first must be removed again.
        using var mount = new MountedTmpfs(_place["small"], "size=40m,nr_inodes=12");
        Require(Failed, "runs on", Checkpoint(mount.Path));
        Assert.Empty(Directory.EnumerateFiles(mount.Path, "*.img"));
        Assert.False(File.Exists(Path.Combine(mount.Path, "lxcnative.json")));
    }

    [Fact]
    public void AProcessThatWouldBeLost()
    {
        using var attached = new AttachedProcess(running.Container);
        Require(Refused, "LXN011", Checkpoint(_place["new"]));
    }

    [Fact]
    public void SomethingThatCriuRefuses()
    {
        Requirement.Lxc();
        // An established connection without the option: the pre-flight foresees what criu finds while the container is frozen.
        string[] arguments = [.. Checkpoint(_place["new"]), "--tcp-established", "false"];
        Require(Refused, "LXN053", arguments);
        Require(Failed, "Connected TCP socket", [.. arguments, "--force"]);
        Assert.Equal(["dump.log"], Directory.EnumerateFiles(_place["new"]).Select(Path.GetFileName));
    }

    [Fact]
    public void AnErrorIsAnObjectForPrograms()
    {
        Requirement.LxcNative();
        var result = LxcNativeCommand.Run("checkpoint", "--pid", "4194300", "--json");
        Assert.Equal(Refused, result.Json().GetProperty("exitCode").GetInt32());
        Assert.Contains("4194300", result.Json().GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private string[] Checkpoint(string images) => ["checkpoint", "--pid", $"{running.Container.InitPid}", "-D", images];

    private void Require(int exitCode, string message, string[] arguments, params (string Name, string Value)[] environment)
    {
        Requirement.LxcNative();
        var result = LxcNativeCommand.Run(arguments, environment.ToDictionary(one => one.Name, one => (string?)one.Value));
        Assert.True(result.ExitCode == exitCode, result.ToString());
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        running.RequireUnharmed();
    }
}
