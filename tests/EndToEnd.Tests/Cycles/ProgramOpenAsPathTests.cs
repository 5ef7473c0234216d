using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>A program that somebody has open as a path alone, as systemd has the one that starts its services: criu takes that for the executable of whoever
/// runs it.</summary>
public class ProgramOpenAsPathTests
{
    private const int PathAlone = 0x200000;

    [Fact]
    public void BothComeBackAsTheyWere()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            Program = """
                import os, time
                held = os.open(os.readlink('/proc/self/exe'), os.O_PATH)
                open('/held', 'w').write(str(held))
                while True: open('/said', 'a').write('.'); time.sleep(0.1)

                """,
        });
        using var images = new TemporaryDirectory();
        var held = Path.Combine(container.RootfsPath, "held");
        Wait.For("it to be open", () => File.Exists(held) && File.ReadAllText(held).Length > 0);
        var number = File.ReadAllText(held);
        var program = ProcessTable.Link(Python(), "exe");
        Assert.Equal(PathAlone, Flags() & PathAlone);

        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);
            Assert.Equal(program, ProcessTable.Link(Python(), "exe"));
            Assert.Equal(program, ProcessTable.Link(Python(), $"fd/{number}"));
            Assert.Equal(PathAlone, Flags() & PathAlone);
            var said = Path.Combine(container.RootfsPath, "said");
            File.WriteAllText(said, "");
            Wait.For("it goes on", () => new FileInfo(said).Length > 0);
        }

        int Python() => ProcessTable.Children(container.InitPid).Single(pid => ProcessTable.CommandLine(pid).Contains("program.py", StringComparison.Ordinal));

        int Flags() => Convert.ToInt32(ProcessTable.Read(Python(), $"fdinfo/{number}").Split('\n')
            .Single(line => line.StartsWith("flags:", StringComparison.Ordinal)).Split('\t')[1], 8);
    }
}
