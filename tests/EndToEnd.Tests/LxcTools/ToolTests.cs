using System.Globalization;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.LxcTools;

/// <summary>LXC's own tools with a container that they did not start: each does what it does with one that they did.</summary>
public class ToolTests(RestoredContainer restored) : IClassFixture<RestoredContainer>
{
    private string Name => restored.Name;

    [Fact]
    public void EveryAnswerIsTheOneOfLxcsMonitor()
    {
        var after = CommandAnswers.All(Name);

        // A restored container has a time namespace besides, in which its clocks go on; nothing else may differ.
        Assert.All(after, answer => Assert.Contains(answer.Value, restored.Before.Select(before => before[answer.Key])));
    }

    // LXC's monitor gives back what happens to be in its memory, or hangs up.
    [Fact]
    public void AChangeOfTheTerminalsSizeIsNoReasonToEnd()
    {
        Assert.Contains(CommandAnswers.Ask(Name, 1), (string[])["end", "-1 0  "]);
        Assert.Equal("RUNNING", restored.Container.State());
    }

    [Fact]
    public void InfoTellsStatePidAndLink()
    {
        var output = Command.Output("lxc-info", "-n", Name);
        Assert.Contains("RUNNING", output, StringComparison.Ordinal);
        Assert.Contains(restored.Container.InitPid.ToString(CultureInfo.InvariantCulture), output, StringComparison.Ordinal);
        Assert.Contains(restored.Container.HostLinks[0], output, StringComparison.Ordinal);
        Assert.Contains(restored.Container.Ipv4, output, StringComparison.Ordinal);
        // What it tells of limits depends on the host: LXC reads files of version 1 cgroups alone.
        Assert.Equal(Labels(restored.InfoBefore), Labels(output));
    }

    private static List<string> Labels(string info) => [.. info.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0])];

    [Fact]
    public void ListShowsItRunningWithItsGroupsAndAddress()
    {
        var line = Command.Output("lxc-ls", "-f").Split('\n').Single(line => line.StartsWith(Name + " ", StringComparison.Ordinal));
        Assert.Contains("RUNNING", line, StringComparison.Ordinal);
        Assert.Contains("some, other", line, StringComparison.Ordinal);
        Assert.Contains(restored.Container.Ipv4, line, StringComparison.Ordinal);
        Assert.Contains(Name, Command.Output("lxc-ls", "--running"), StringComparison.Ordinal);
    }

    [Fact]
    public void WaitReturnsWhereItRunsAndTimesOutOtherwise()
    {
        Assert.Equal(0, Command.Run("lxc-wait", "-n", Name, "-s", "RUNNING", "-t", "10").ExitCode);
        Assert.NotEqual(0, Command.Run("lxc-wait", "-n", Name, "-s", "STOPPED", "-t", "1").ExitCode);
    }

    [Fact]
    public void AttachRunsInItsCgroupsAndHandsTheExitCodeOn()
    {
        var attached = Command.Run("lxc-attach", "-n", Name, "--", "/bin/sh", "-c", "echo one; hostname; cat /proc/self/cgroup; exit 7");
        Assert.Equal(7, attached.ExitCode);
        Assert.StartsWith($"one\n{Name}\n", attached.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("/..", attached.Output, StringComparison.Ordinal);
        Assert.Contains("0::/.lxc", attached.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AttachHasATerminal()
    {
        var attached = Command.Run("script", "-qec", $"lxc-attach -n {Name} -- /bin/sh -c 'test -t 0 && ls -l /proc/self/fd/0'", "/dev/null");
        Assert.Matches(@"/dev/(pts/\d+|console)", attached.OrThrow().Output);
    }

    [Fact]
    public void NothingStartsASecondOneOnTheSameRoot()
    {
        var init = restored.Container.InitPid;
        var started = Command.Run("lxc-start", "-n", Name);
        Assert.Contains("already running", started.Error, StringComparison.Ordinal);
        var executed = Command.Run("lxc-execute", "-n", Name, "--", "/bin/true");
        Assert.NotEqual(0, executed.ExitCode);
        Assert.Contains("already running", executed.Error, StringComparison.Ordinal);
        var own = LxcNativeCommand.Run("container", "start", Name);
        Assert.NotEqual(0, own.ExitCode);
        Assert.Contains("running already", own.Error, StringComparison.Ordinal);
        Assert.Equal($"{init}", Command.Output("lxc-info", "-n", Name, "-p", "-H").Trim());
    }

    [Fact]
    public void FreezeHoldsItAndUnfreezeLetsItGoOn()
    {
        using var payload = restored.Container.ConnectPayload();
        var status = payload.RequireGoingOn();

        Command.Output("lxc-freeze", "-n", Name);
        Assert.Equal("FROZEN", restored.Container.State());
        Assert.Equal(0, Command.Run("lxc-wait", "-n", Name, "-s", "FROZEN", "-t", "10").ExitCode);
        Command.Output("lxc-unfreeze", "-n", Name);

        Assert.Equal("RUNNING", restored.Container.State());
        payload.RequireGoingOn(status);
    }

    [Fact]
    public void CgroupReadsAndWritesItsLimits()
    {
        Command.Output("lxc-cgroup", "-n", Name, "pids.max", "321");
        Assert.Equal("321", Command.Output("lxc-cgroup", "-n", Name, "pids.max").Trim());
        Command.Output("lxc-cgroup", "-n", Name, "pids.max", "max");
    }

    [Fact]
    public void ConsoleShowsWhatIsWrittenToATerminal()
    {
        using var console = TerminalSession.Start($"lxc-console -n {Name} -t 1");
        console.Await("Connected to tty 1");
        console.Await("from-inside", () => Command.Output("lxc-attach", "-n", Name, "--", "/bin/sh", "-c", "echo from-inside > /dev/tty1"));
        Assert.Equal(0, console.Leave());
    }

    [Fact]
    public void ATerminalThatNobodyLooksAtHoldsNobodyUp()
    {
        // More than a terminal's buffers hold.
        var attached = Command.Run("lxc-attach", "-n", Name, "--", "/bin/sh", "-c",
            "i=0; while [ $i -lt 3000 ]; do echo a-line-of-some-length-that-nobody-reads; i=$((i+1)); done > /dev/tty2; echo written");
        Assert.Contains("written", attached.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TopListsIt()
    {
        using var top = TerminalSession.Start("stty rows 50 cols 120; lxc-top -d 1");
        top.Await(Name);
        top.Type("q");
        Assert.Equal(0, top.End());
    }

    [Fact]
    public void DeviceIsAdded()
    {
        if (!Command.Run("readlink", "/proc/1/ns/net").Succeeded)
            Assert.Skip("lxc-device needs /proc/1/ns/net, which this machine does not show");
        // Where a name inside is given too, LXC wants that one on the host.
        var name = $"{Name}-device";
        var device = $"/dev/{name}";
        // The kernel's log: containers may not have it, and taking it away again takes nothing else.
        Command.Output("mknod", device, "c", "1", "11");
        try
        {
            Command.Output("lxc-device", "-n", Name, "add", device);
            Assert.Matches(@"^c.* 1, +11 ", Command.Output("lxc-attach", "-n", Name, "--", "ls", "-l", device));
            Command.Output("lxc-device", "-n", Name, "del", device);
            Assert.DoesNotContain(name, Command.Output("lxc-attach", "-n", Name, "--", "ls", "/dev"), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(device);
        }
    }

    [Fact]
    public void OurOwnCommandsKnowItTooWithoutTheirRecord()
    {
        var record = $"/run/lxcnative/containers/{Name}.json";
        var kept = File.ReadAllBytes(record);
        try
        {
            File.Delete(record);
            Assert.Equal(restored.Container.InitPid, LxcNativeCommand.Run("inspect", Name, "--json").Json().GetProperty("initPid").GetInt32());
        }
        finally
        {
            File.WriteAllBytes(record, kept);
        }
    }

    [Fact]
    public void OurOwnListHasItToo()
    {
        var listed = LxcNativeCommand.Run("ps", "--json").Json().EnumerateArray().Single(one => one.GetProperty("name").GetString() == Name);
        Assert.Equal(restored.Container.InitPid, listed.GetProperty("pid").GetInt32());
        Assert.Contains(LxcNativeCommand.Run("ps").Output.Split('\n'),
            line => line.StartsWith(Name + " ", StringComparison.Ordinal)
            && line.Contains(listed.GetProperty("imagesDir").GetString()!, StringComparison.Ordinal));
    }
}
