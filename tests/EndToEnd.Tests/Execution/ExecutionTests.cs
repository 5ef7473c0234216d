using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Execution;

/// <summary>Programs inside of a container that LXC started, and of the same one restored: compared with lxc-attach, and with what /proc says of
/// them.</summary>
public sealed class ExecutionTests : IDisposable
{
    private static readonly string[] s_confinement = ["CapInh", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Seccomp_filters", "Uid", "Gid"];

    private readonly TemporaryDirectory _place = new();
    private readonly LxcContainer _container;

    public ExecutionTests()
    {
        Requirement.LxcNative();
        _container = LxcContainer.StartOnBridge();
    }

    public void Dispose()
    {
        _container.Dispose();
        _place.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AProgramIsWhereLxcAttachPutsItWithNoMoreRights(bool restored)
    {
        if (restored)
        {
            Cycle.Checkpoint(_container, _place["images"]);
            Cycle.Restore(_container, _place["images"]);
        }

        var ours = Inside("exec", _container.Name, "--", "sh", "-c", Script).Output;
        var theirs = Command.Run("lxc-attach", ["-n", _container.Name, "--clear-env", "--", "/bin/sh", "-c", Script]).OrThrow();
        Assert.Equal(Told(theirs.Output), Told(ours));
        Assert.Contains("cgroup:", ours, StringComparison.Ordinal);

        // This process is in none of the container's cgroups, before or after.
        Assert.DoesNotContain(_container.Name, File.ReadAllText("/proc/self/cgroup"), StringComparison.Ordinal);
        Assert.Equal("one two\n", Command.Run("sh", ["-c", $"echo one two | {LxcNativeCommand.Executable} exec {_container.Name} -- cat"]).Output);
        Assert.Equal("v=/tmp\n", Inside("exec", _container.Name, "--env", "W=v", "--cwd", "/tmp", "--", "sh", "-c", "echo $W=$(pwd)").Output);
        Assert.Equal("7:7\n", Inside("exec", _container.Name, "--uid", "7", "--gid", "7", "--", "sh", "-c", "echo $(id -u):$(id -g)").Output);
    }

    [Fact]
    public void ThroughWhatEntersTheContainerNothingOfTheHostCanBeWritten()
    {
        using var running = System.Diagnostics.Process.Start(LxcNativeCommand.Executable, ["exec", _container.Name, "--", "sleep", "30"]);
        var helper = 0;
        Wait.For("the program to run", () => (helper = Helper(running.Id)) != 0 && ProcessTable.Children(helper).Count > 0);

        // Its program and libraries, which a link to /proc/self/exe inside would run, are on mounts that are read-only.
        var root = File.ReadLines($"/proc/{helper}/mountinfo").Select(line => line.Split(' ')).Last(fields => fields[4] == "/");
        Assert.Contains("ro", root[5].Split(','));
        running.Kill();
        running.WaitForExit();
        Assert.Equal(0, LxcNativeCommand.Run("exec", _container.Name, "--", "ln", "-s", "/proc/self/exe", "/tmp/self").ExitCode);
        LxcNativeCommand.Run("exec", _container.Name, "--", "/tmp/self", "version");
        foreach (var child in ProcessTable.Children(helper))
            Command.Run("kill", [$"{child}"]);
        Wait.For("the helper's end", () => !Directory.Exists($"/proc/{helper}"));
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("exit 0", 0)]
    public void ItEndsAsTheProgramEnds(string script, int code) =>
        Assert.Equal(code, LxcNativeCommand.Run("exec", _container.Name, "--", "sh", "-c", script).ExitCode);

    [Fact]
    public void AProgramHasTheContainersSeccompFilter()
    {
        File.WriteAllText(_place["profile"], "2\ndenylist\n[all]\nmkdir errno 38\nmkdirat errno 38\n");
        using var container = LxcContainer.StartOnBridge(new LxcContainerOptions
        {
            // The payload would end, which makes directories.
            Payload = PayloadMode.None,
            Configuration = [$"lxc.seccomp.profile = {_place["profile"]}"],
        });
        string[] script = ["sh", "-c", "grep ^Seccomp /proc/self/status; mkdir /tmp/made || echo refused"];
        var theirs = Command.Run("lxc-attach", ["-n", container.Name, "--clear-env", "--", .. script]);
        Assert.Contains("Seccomp:\t2", theirs.Output, StringComparison.Ordinal);
        Assert.Contains("refused", theirs.Output, StringComparison.Ordinal);

        Assert.Equal(theirs.Output, Inside(["exec", container.Name, "--", .. script]).Output);

        Cycle.Checkpoint(container, _place["images"]);
        Cycle.Restore(container, _place["images"]);
        Assert.Contains("refused", Inside(["exec", container.Name, "--", .. script]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheConsoleIsReachedAndLeft(bool restored)
    {
        using var container = LxcContainer.StartOnBridge(new LxcContainerOptions
        {
            EditConfiguration = text => string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("lxc.console.path", StringComparison.Ordinal))),
        });
        if (restored)
        {
            Cycle.Checkpoint(container, _place["images"]);
            Cycle.Restore(container, _place["images"]);
        }

        using var console = TerminalSession.Start($"{LxcNativeCommand.Executable} console {container.Name} -t 0");
        console.Await("Ctrl-A q leaves");
        console.Await("from-inside", () => Inside("exec", container.Name, "--", "sh", "-c", "echo from-inside >/dev/console"));
        Assert.Equal(0, console.Leave());
    }

    [Fact]
    public void WhatIsNotThereIsTold()
    {
        var missing = LxcNativeCommand.Run("exec", _container.Name, "--", "no-such-program", "-x");
        Assert.Equal(127, missing.ExitCode);
        Assert.Contains("no-such-program", missing.Error, StringComparison.Ordinal);
        Assert.Equal(3, LxcNativeCommand.Run("exec", "lxn-no-such-container", "--", "true").ExitCode);
    }

    [Fact]
    public void ATerminalIsOneOfTheContainers()
    {
        // script(1) is the terminal of a person here.
        var result = Command.Run("script", ["-qec",
            $"{LxcNativeCommand.Executable} exec {_container.Name} -- sh -c 'tty; ps -o tty= -p $$ 2>/dev/null; echo end'", "/dev/null"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Matches("/dev/pts/[0-9]+\r\n", result.Output);
        Assert.Contains("end\r\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AShellIsAttachedToATerminal()
    {
        using var shell = TerminalSession.Start($"{LxcNativeCommand.Executable} attach {_container.Name}");
        // What is typed before the shell reads may be thrown away.
        shell.Await("42\r\n", () => shell.Type("echo $((6*7))\n"));
        shell.Type("exit 5\n");
        Assert.Equal(5, shell.End());
    }

    [Fact]
    public void WhatWasRunIsGoneAndACheckpointFollows()
    {
        for (var round = 0; round < 3; round++)
            Inside("exec", _container.Name, "--", "true");

        Cycle.Checkpoint(_container, _place["images"]);
        Cycle.Restore(_container, _place["images"]);
        using var payload = _container.ConnectPayload();
        payload.RequireGoingOn();
        Assert.Equal("ok\n", Inside("exec", _container.Name, "--", "echo", "ok").Output);
    }

    [Fact]
    public void ItIsStoppedAndItsLogsAreFound()
    {
        Cycle.Checkpoint(_container, _place["images"]);
        Cycle.Restore(_container, _place["images"]);

        var logs = Inside("logs", _container.Name, "--json").Json();
        Assert.Contains(logs.EnumerateArray(), log => log.GetProperty("kind").GetString() == "restore" && log.GetProperty("file")
            .GetString() == _place["images/restore.log"]);
        Assert.Contains(logs.EnumerateArray(), log => log.GetProperty("kind").GetString() == "checkpoint");
        Inside("logs", _container.Name, "--show", "restore");
        Inside("stop", _container.Name, "--timeout", "20");
        Assert.Equal("STOPPED", _container.State());
        Assert.Equal(3, LxcNativeCommand.Run("stop", _container.Name).ExitCode);
    }

    private const string Script = "cat /proc/self/status | grep -E '^(Cap|NoNew|Secc|Uid|Gid)'; sed 's/^/cgroup:/' /proc/self/cgroup; for ns in cgroup ipc "
        + "mnt net pid uts user; do readlink /proc/self/ns/$ns; done; hostname";

    // lxc-attach makes a leaf of its own in the unified hierarchy, whether it is needed or not.
    private static List<string> Told(string output) =>
        [.. output.Split('\n').Where(line => !line.Contains(':', StringComparison.Ordinal)
            || s_confinement.Any(name => line.StartsWith(name + ":", StringComparison.Ordinal)) || line.StartsWith("cgroup:", StringComparison.Ordinal))
            .Select(line => line.Replace("/.lxc", "/", StringComparison.Ordinal))];

    private static int Helper(int parent) =>
        ProcessTable.Children(parent).FirstOrDefault(child => ProcessTable.Read(child, "cmdline").Contains("\0execute\0", StringComparison.Ordinal));

    private static LxcNativeResult Inside(params string[] arguments) => LxcNativeCommand.Run(arguments).OrThrow();
}
