using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>States that criu dumps and cannot restore, with all rules switched off: the rehearsal finds each, and the container runs on with its
/// client.</summary>
public sealed class NotComingBackTests : IDisposable
{
    private const int Failed = 1;

    private static readonly Dictionary<string, (string Program, string CriuSays)> s_states = new()
    {
        ["a connected datagram socket whose route is gone"] = ("""
            import os, socket, time
            os.system('/bin/ip route add 192.0.2.0/24 dev eth0')
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.connect(('192.0.2.9', 99))
            os.system('/bin/ip route del 192.0.2.0/24')
            """, "Can't connect inet socket back"),
        ["a deadline for the processor"] = ("""
            import ctypes, struct, time
            ctypes.CDLL(None).syscall(314, 0, struct.pack('IIQiIQQQ', 48, 6, 0, 0, 0, 10000000, 30000000, 30000000), 0)
            """, "Inconsistent sched params"),
        ["a session without its leader below a subreaper"] = ("""
            import ctypes, os, time
            ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
            child = os.fork()
            if child == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(100000)
                os._exit(0)
            os.waitpid(child, 0)
            """, "sid"),
        ["a removed directory that is bound twice"] = ("""
            import os, time
            for directory in ('/d/a', '/m1', '/m2'):
                os.makedirs(directory)
            os.system('/bin/mount --bind /d/a /m1; /bin/mount --bind /d/a /m2')
            os.rmdir('/d/a')
            """, "Can't re-create deleted directory"),
        ["a removed working directory whose name is a file now"] = ("""
            import os, time
            os.makedirs('/c/d')
            os.chdir('/c/d')
            os.rmdir('/c/d')
            open('/c/d', 'w').close()
            """, "bad mode"),
        ["a removed root of a process whose name is a file now"] = ("""
            import os, time
            os.makedirs('/jail/x')
            inside, told = os.pipe()
            if os.fork() == 0:
                os.chroot('/jail/x')
                os.chdir('/')
                os.write(told, b'x')
                os.close(inside); os.close(told)
                time.sleep(100000)
            os.read(inside, 1)
            os.close(inside); os.close(told)
            os.rmdir('/jail/x')
            open('/jail/x', 'w').close()
            """, "bad mode"),
    };

    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    public static TheoryData<string, string> States
    {
        get
        {
            var states = new TheoryData<string, string>();
            foreach (var state in s_states.Keys)
                states.Add(state, "");
            states.Add(s_states.Keys.First(), "--restore");
            states.Add(s_states.Keys.First(), "--rehearse ahead");
            return states;
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void TheRehearsalRefusesAndTheContainerRunsOn(string state, string more)
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        Requirement.Python();
        var (program, criuSays) = s_states[state];
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Nics = [new ContainerNic(bridge) { HasIpv6 = false }],
            Program = $"{program}\nopen('/ready', 'w').close()\ntime.sleep(100000)\n",
        });
        Wait.For("the program is in its state", () => File.Exists(Path.Combine(container.RootfsPath, "ready")));
        using var payload = container.ConnectPayload();
        using var echo = payload.StartEcho();
        var status = payload.RequireGoingOn();
        var processes = Processes(container);

        var result = LxcNativeCommand.Run(["checkpoint", container.Name, "-D", _place["images"], "--force", "--json",
            .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.True(result.ExitCode == Failed, result.ToString());
        Assert.Equal("RunsOn", result.Json().GetProperty("state").GetString());
        Assert.Contains(result.Json().GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("id").GetString() == "LXN210");
        Assert.Contains(criuSays, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_place["images"], "lxcnative.json")));
        payload.RequireGoingOn(status);
        echo.RequireAnswers(20);
        Assert.Equal(processes, Processes(container));
        Assert.Equal("", container.Inside("net", "nft", "list", "ruleset").OrThrow().Output);
        RehearsalTests.RequireNothingLeft();
    }

    private static string[] Processes(LxcContainer container) =>
        [.. File.ReadAllLines($"/proc/{container.InitPid}/task/{container.InitPid}/children")
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Order(StringComparer.Ordinal)];
}
