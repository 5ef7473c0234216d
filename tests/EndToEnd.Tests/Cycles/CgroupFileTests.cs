using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>What systemd 254 and later do with files of cgroups: a unit in a mount namespace of its own has its memory.pressure bound over itself, and waits
/// for it.</summary>
public class CgroupFileTests
{
    private const string Program = """
        import ctypes, os, select, time
        libc = ctypes.CDLL(None, use_errno=True)
        assert libc.unshare(0x00020000) == 0, ctypes.get_errno()
        file = b'/cgroup/unit/cpu.pressure'
        assert libc.mount(b'none', b'/cgroup', b'cgroup2', 0, None) == 0, ctypes.get_errno()
        os.mkdir('/cgroup/unit')
        assert libc.mount(file, file, None, 4096, None) == 0, ctypes.get_errno()
        number = os.open(file, os.O_RDWR | os.O_NONBLOCK)
        os.write(number, b'some 200000 2000000\0')
        poll = select.epoll()
        poll.register(number, select.EPOLLPRI)
        while True: open('/said', 'a').write('%d ' % len(poll.poll(0))); time.sleep(0.1)

        """;

    [Fact]
    public void ComeBackAsTheyWere()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            Program = Program,
            BootScript = ["mkdir -p /cgroup"],
        });
        using var images = new TemporaryDirectory();
        RequireQuiet(container);
        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);
            RequireQuiet(container);
            var table = ProcessTable.Living().Where(pid => ProcessTable.Link(pid, "ns/pid") == ProcessTable.Link(container.InitPid, "ns/pid"))
                .SelectMany(pid => File.ReadAllLines($"/proc/{pid}/mountinfo"));
            Assert.Contains(table, line => line.Contains("/unit/cpu.pressure /cgroup/unit/cpu.pressure ", StringComparison.Ordinal));
        }
    }

    // A file that nothing was asked of is ready all the time; one that was asked may be, now and then.
    private static void RequireQuiet(LxcContainer container)
    {
        var said = Path.Combine(container.RootfsPath, "said");
        File.WriteAllText(said, "");
        Wait.For("it goes on, and waits", () => File.ReadAllText(said).Split(' ') is { Length: > 5 } all && all.Contains("0"));
    }
}
