using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>Processes in namespaces of their own that say what the container's do, as systemd makes them for ProtectHostname=: criu alone refuses
/// them.</summary>
public class NestedNamespaceTests
{
    // Numbers of unshare(2): host names, IPC, cgroups.
    private const string Nested = """
        import ctypes, os, time
        libc = ctypes.CDLL(None, use_errno=True)
        def nested(flags, name):
            if os.fork(): return
            assert libc.unshare(flags) == 0, ctypes.get_errno()
            open('/' + name, 'w').write(str(os.getpid()))
            while True: open('/said', 'a').write(name); time.sleep(0.1)
        nested(0x04000000, 'uts'); nested(0x08000000, 'ipc'); nested(0x02000000, 'cgroup')

        """;

    [Fact]
    public void ComeBackInTheContainersOwn()
    {
        Require();
        using var container = Start(Nested + "time.sleep(9999)\n");
        using var images = new TemporaryDirectory();
        string[] kinds = ["uts", "ipc", "cgroup"];
        Wait.For("all three", () => kinds.All(kind => Text(container, kind).Length > 0));
        Assert.All(kinds, kind => Assert.NotEqual(Namespace(container.InitPid, kind), Namespace(Process(container, kind), kind)));

        var check = LxcNativeCommand.Run("check", container.Name);
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("LXN004", check.Output, StringComparison.Ordinal);
        // One that runs on keeps what it has.
        LxcNativeCommand.Run("checkpoint", container.Name, "-D", images["on"], "--leave-running").OrThrow();
        Assert.All(kinds, kind => Assert.NotEqual(Namespace(container.InitPid, kind), Namespace(Process(container, kind), kind)));

        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);
            Assert.All(kinds, kind => Assert.Equal(Namespace(container.InitPid, kind), Namespace(Process(container, kind), kind)));
            File.WriteAllText(Path.Combine(container.RootfsPath, "said"), "");
            Wait.For("they go on", () => kinds.All(kind => Text(container, "said").Contains(kind, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void ProcessesThatComeMeanwhileAreSeenToo()
    {
        Require();
        // In a namespace of its own, a process that goes on starting others. Not as fast as it can: whatever is started between the last look and the
        // freeze is found by the next try alone.
        using var container = Start(Nested + """
            if os.fork() == 0:
                assert libc.unshare(0x04000000) == 0
                while True:
                    if os.fork() == 0: time.sleep(0.6); os._exit(0)
                    time.sleep(0.4)
                    try:
                        while os.waitpid(-1, os.WNOHANG)[0]: pass
                    except ChildProcessError: pass
            time.sleep(9999)

            """);
        using var images = new TemporaryDirectory();
        Wait.For("the first", () => Text(container, "uts").Length > 0);

        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);
    }

    private static void Require()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
    }

    private static LxcContainer Start(string program) => LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None, Program = program });

    private static string Text(LxcContainer container, string name) =>
        Path.Combine(container.RootfsPath, name) is var path && File.Exists(path) ? File.ReadAllText(path) : "";

    private static int Process(LxcContainer container, string kind)
    {
        var inside = Text(container, kind);
        var home = ProcessTable.Link(container.InitPid, "ns/pid");
        return ProcessTable.Living().Single(pid => ProcessTable.Link(pid, "ns/pid") == home && PidInside(pid) == inside);
    }

    private static string PidInside(int pid) =>
        ProcessTable.Status(pid, "NSpid").Split('\t')[^1];

    private static string Namespace(int pid, string kind) => ProcessTable.Link(pid, $"ns/{kind}");
}
