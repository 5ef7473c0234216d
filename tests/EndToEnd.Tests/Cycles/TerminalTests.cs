using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>The console and the terminals that LXC gives a container, with whoever stands on them.</summary>
public class TerminalTests
{
    private static readonly string[] Map = ["lxc.idmap = u 0 0 65536", "lxc.idmap = g 0 0 65536"];

    public TerminalTests()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
    }

    [Theory]
    [InlineData("")]
    [InlineData("lxc.pty.max = 1024\nlxc.tty.max = 1")]
    [InlineData("lxc.pty.max = 1024\nlxc.tty.max = 0\nlxc.init.cmd = /bin/sleep 9999")]
    public void TheDefaultConsole(string more)
    {
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            EditConfiguration = text => text.Replace("lxc.console.path = none\n", "", StringComparison.Ordinal) + more + "\n",
        });
        using var images = new TemporaryDirectory();
        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);
            // More than a terminal holds: somebody reads it.
            container.Inside("mount", "/bin/sh", "-c", "head -c 200000 /dev/zero >/dev/console").OrThrow();
        }
    }

    /// <summary>As with Debian's configuration, where systemd starts a service with mounts of its own: they receive what is mounted in the init's.</summary>
    [Fact]
    public void AConsoleInTwoPlacesIsOneStill()
    {
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            EditConfiguration = text => text.Replace("lxc.console.path = none\n", "", StringComparison.Ordinal) + "lxc.pty.max = 1024\nlxc.tty.dir = lxc\n",
            Program = """
                import ctypes, os, time
                libc = ctypes.CDLL(None, use_errno=True)
                NEWNS, REC, SLAVE, SHARED = 0x20000, 0x4000, 0x80000, 0x100000
                def spread(flag): assert libc.mount(None, b'/', None, REC | flag, None) == 0, ctypes.get_errno()
                spread(SHARED)
                if os.fork() == 0:
                    # Who stands on it.
                    os.setsid()
                    held = [os.open('/dev/console', os.O_RDWR) for _ in range(3)]
                    while True: time.sleep(9)
                assert libc.unshare(NEWNS) == 0, ctypes.get_errno()
                spread(SLAVE); spread(SHARED)
                while True: open('/said', 'a').write('.'); time.sleep(0.1)

                """,
        });
        using var images = new TemporaryDirectory();
        var said = Path.Combine(container.RootfsPath, "said");
        Wait.For("its mounts", () => File.Exists(said));
        for (var generation = 1; generation <= 3; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);
            File.WriteAllText(said, "");
            Wait.For("it goes on", () => new FileInfo(said).Length > 0);
            var devices = container.Inside("mount", "/bin/sh", "-c", "stat -c %t:%T /dev/console /dev/lxc/console").OrThrow().Output.Split('\n');
            Assert.Equal(devices[0], devices[1]);
        }
    }

    /// <summary>As lxc-create -t busybox makes it, and with gettys on further terminals: each is a program that its terminal controls.</summary>
    [Theory]
    [InlineData("lxc.pty.max = 1", false)]
    [InlineData("lxc.pty.max = 1024", false)]
    [InlineData("lxc.pty.max = 1", true)]
    public void EveryTerminalIsStoodOnAndComesBackThreeTimes(string devpts, bool mapped)
    {
        using var container = LxcContainer.Create(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            EditConfiguration = text => text.Replace("lxc.console.path = none\n", "", StringComparison.Ordinal)
                .Replace("lxc.tty.max = 0", "lxc.tty.max = 4", StringComparison.Ordinal).Replace("lxc.pty.max = 1\n", devpts + "\n", StringComparison.Ordinal),
            Configuration = mapped ? Map : [],
        });
        string[] terminals = ["console", "tty1", "tty2", "tty3"];
        File.AppendAllLines(Path.Combine(container.RootfsPath, "etc/inittab"), terminals.Select(terminal => $"{terminal}::respawn:/bin/cat"));
        container.Start();
        container.AwaitProcesses([.. terminals.Select(_ => "/bin/cat")]);
        // As a login gives it to who logs in.
        container.Inside("mount", "/bin/sh", "-c", "chown 1000:100 /dev/tty2; chmod 600 /dev/tty2").OrThrow();
        using var images = new TemporaryDirectory();
        for (var generation = 1; generation <= 3; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);
            Assert.Equal("1000 100 600\n", container.Inside("mount", "/bin/sh", "-c", "stat -c '%u %g %a' /dev/tty2").Output);
        }

        for (var number = 0; number < terminals.Length; number++)
        {
            var restored = Cats(container);
            using var session = TerminalSession.Start($"{LxcNativeCommand.Executable} console {container.Name} -t {number}");
            session.Await("Ctrl-A q leaves");
            // The terminal shows it, and so does who reads it.
            session.Await($"word{number}\r\nword{number}\r\n", () => session.Type($"word{number}\n"));
            // Its keys go to whom it controls; another takes its place there.
            session.Type("\u0003");
            Wait.For("the key ended who stood there", () => restored.Except(Cats(container)).Count() == 1);
            container.AwaitProcesses([.. terminals.Select(_ => "/bin/cat")]);
            session.Await($"again{number}\r\nagain{number}\r\n", () => session.Type($"again{number}\n"));
            Assert.Equal(0, session.Leave());
        }
    }

    /// <summary>A shell keeps /dev/tty open, and so does a program that asks at the terminal while its input is something else: not its session's leader.
    /// </summary>
    [Theory]
    [InlineData("lxc.pty.max = 1")]
    [InlineData("lxc.pty.max = 1024")]
    public void AShellAtTheConsoleGoesOnWithWhatItHasInTheForeground(string devpts)
    {
        using var container = LxcContainer.Create(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            EditConfiguration = text => text.Replace("lxc.console.path = none\n", "", StringComparison.Ordinal)
                .Replace("lxc.pty.max = 1\n", devpts + "\n", StringComparison.Ordinal),
        });
        File.AppendAllText(Path.Combine(container.RootfsPath, "etc/inittab"), "console::respawn:-/bin/sh\n");
        container.Start();
        container.AwaitProcesses("-/bin/sh");
        const string Asking = "sh -c 'exec 7<>/dev/tty </dev/null; echo asking-; head -n 1 <&7; echo -answered'";
        using (var before = Console(container))
        {
            before.AwaitTyping("ready-42", "echo ready-$((6*7))\n");
            before.Type(Asking + "\n");
            before.Await("asking-\r");
            Assert.Equal(0, before.Leave());
        }

        using var images = new TemporaryDirectory();
        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);
        }

        using var session = Console(container);
        session.AwaitTyping("-answered", "word\n");
        RequireJobs(container, session.Type, text => session.Await(text));
        Assert.Equal(0, session.Leave());
    }

    [Fact]
    public void ALoginOverTheNetworkGoesOn()
    {
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Create(new LxcContainerOptions { Payload = PayloadMode.None, Nics = [new ContainerNic(bridge)] });
        File.AppendAllText(Path.Combine(container.RootfsPath, "etc/inittab"), "::respawn:/bin/telnetd -F -l /bin/sh -p 23\n");
        container.Start();
        container.AwaitProcesses("/bin/telnetd -F -l /bin/sh -p 23");
        using var login = TextConnection.Open(container.Ipv4, 23);
        login.Type("echo $((6*7)); sleep 1234\n");
        login.Await("42\r\n");
        container.AwaitProcesses("sleep 1234");
        using var images = new TemporaryDirectory();

        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);
            container.AwaitProcesses("sleep 1234");
        }

        RequireJobs(container, login.Type, login.Await);
    }

    // Keys reach the group in the foreground, and the shell has the terminal again when that has ended.
    private static void RequireJobs(LxcContainer container, Action<string> type, Action<string> await)
    {
        type("\u0003");
        type("\nsleep 1235\n");
        container.AwaitProcesses("sleep 1235");
        type("\u0003");
        type("\necho after-$((6*7))\n");
        await("after-42");
    }

    private static TerminalSession Console(LxcContainer container)
    {
        var session = TerminalSession.Start($"{LxcNativeCommand.Executable} console {container.Name} -t 0");
        session.Await("Ctrl-A q leaves");
        return session;
    }

    private static HashSet<int> Cats(LxcContainer container) => [.. ProcessTable.Children(container.InitPid).Where(pid => CommandLine(pid) == "/bin/cat")];

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Trim('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
