using System.Diagnostics;
using System.Globalization;
using System.Text;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Parts.Pressure;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Pressure;

/// <summary>Processes that wait for pressure, as systemd's daemons do.</summary>
public sealed class PressureTests
{
    private const string Usual = "some 200000 2000000\0";
    private const string Proc = "/proc/pressure/cpu";
    private const string Cgroup = "cpu.pressure";

    // Asks for something, or nothing; tells how many events there are whenever it is asked to wait for so many seconds.
    private const string Script = """
        import os, select, sys
        number, asks = os.open(sys.argv[1], os.O_RDWR | os.O_NONBLOCK), sys.argv[2].encode()
        if asks: os.write(number, asks + b"\0")
        poll = select.epoll()
        poll.register(number, select.EPOLLPRI)
        print(number, flush=True)
        for line in sys.stdin: print(len(poll.poll(float(line))), flush=True)
        """;

    [Theory]
    [InlineData(Proc)]
    [InlineData(Cgroup)]
    public void WhatWasAskedForIsRead(string place)
    {
        using var waiting = Waiting.Start(Script, Require(place), Usual);
        var one = Assert.Single(PressureReading.Take(waiting.Pid).Found);
        Assert.Equal((waiting.Pid, waiting.Number, Usual), (one.Process, one.Number, Encoding.ASCII.GetString(one.Written)));
    }

    [Fact]
    public void WhatIsNotKnownIsTold()
    {
        using var waiting = Waiting.Start(Script, Require(Cgroup), "some 1000 2000000");
        var reading = PressureReading.Take(waiting.Pid);
        Assert.Empty(reading.Found);
        Assert.Contains("cpu.pressure", Assert.Single(reading.Unknown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Proc)]
    [InlineData(Cgroup)]
    public void ItIsAskedForAgainAndWakesWhoWaits(string place)
    {
        // As criu opens it again.
        using var waiting = Waiting.Start(Script, Require(place), "");
        Assert.Equal(1, waiting.Events(0.1));

        using var back = new PressureReturn(new PressureState
        {
            Triggers = [new PressureTrigger(waiting.Pid, waiting.Number, [.. "some 1 2000000\0"u8]), new PressureTrigger(int.MaxValue, 3, [])],
        });
        back.On(new CriuNotification("post-restore", null, null), waiting.Pid);

        Assert.Empty(back.Shortfalls);
        var load = Enumerable.Range(0, Environment.ProcessorCount + 2).Select(_ => Process.Start("sh", ["-c", "while :; do :; done"])).ToList();
        try
        {
            // It waits first: one that is only ready by itself was found before.
            Assert.Equal(1, waiting.Events(20));
        }
        finally
        {
            load.ForEach(one =>
            {
                one.Kill();
                one.WaitForExit();
                one.Dispose();
            });
        }

        // Told once, and not again and again.
        Assert.Contains(0, Enumerable.Range(0, 50).Select(_ => waiting.Events(0)));
    }

    [Fact]
    public void AFileOfTheContainersOwnIsLeftAlone()
    {
        Requirement.Root();
        using var directory = new TemporaryDirectory();
        var file = directory["memory.pressure"];
        File.WriteAllText(file, "untouched");
        using var waiting = Waiting.Start("""
            import os, sys
            print(os.open(sys.argv[1], os.O_RDWR), flush=True)
            sys.stdin.read()
            """, file, "");
        using var back = new PressureReturn(new PressureState { Triggers = [new PressureTrigger(waiting.Pid, waiting.Number, [.. "some 1 2000000\0"u8])] });
        back.On(new CriuNotification("post-restore", null, null), waiting.Pid);
        Assert.Equal("untouched", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("A=b", 20L, Usual)]
    [InlineData("A=b", 19L, null)]
    [InlineData("A=b", null, Usual)]
    [InlineData("A=b\0MEMORY_PRESSURE_WRITE=c29tZSAxMDAwIDIwMDAwMDAA\0B=c", 18L, "some 1000 2000000\0")]
    [InlineData("MEMORY_PRESSURE_WRITE=c29tZSAxMDAwIDIwMDAwMDAA", 20L, Usual)]
    [InlineData("MEMORY_PRESSURE_WRITE=?", 1L, null)]
    [InlineData("MEMORY_PRESSURE_WRITE=", null, Usual)]
    public void ItIsKnownByItsLength(string environment, long? length, string? written) =>
        Assert.Equal(written is null ? null : Encoding.ASCII.GetBytes(written), PressureReading.WrittenBy(Encoding.UTF8.GetBytes(environment), length));

    [Theory]
    [InlineData("/sys/fs/cgroup/system.slice/a.service/memory.pressure", true)]
    [InlineData("/proc/pressure/io", true)]
    [InlineData("/proc/pressure", false)]
    [InlineData("/proc/pressure/io/x", false)]
    [InlineData("/var/pressures", false)]
    [InlineData("anon_inode:x.pressure", false)]
    public void FilesAreKnownByTheirNames(string target, bool isOne) => Assert.Equal(isOne, PressureFile.IsName(target));

    // A window of two seconds is what any process may ask for.
    private static string Require(string place)
    {
        Requirement.Root();
        Requirement.Feature("psi", File.Exists(Proc), "the kernel has no pressure stall information (psi=1)");
        if (place == Proc)
            return place;
        var mount = CgroupHierarchies.ReadSelf().Mounts.FirstOrDefault(mount => mount.FileSystemType == "cgroup2");
        Requirement.Feature("cgroup2", mount is not null, "no cgroup hierarchy of version 2 is mounted");
        return Path.Combine(mount!.MountPoint, place);
    }

    private sealed class Waiting : IDisposable
    {
        private readonly Process _process;

        private Waiting(Process process)
        {
            _process = process;
            Number = Read();
        }

        public int Pid => _process.Id;

        public int Number { get; }

        public static Waiting Start(string script, string file, string asks) => new(Process.Start(
            new ProcessStartInfo(Requirement.Tool("python3"), ["-c", script, file, asks.TrimEnd('\0')])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!);

        public int Events(double seconds)
        {
            _process.StandardInput.WriteLine(seconds.ToString(CultureInfo.InvariantCulture));
            _process.StandardInput.Flush();
            return Read();
        }

        public void Dispose()
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        private int Read() =>
            int.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("it has ended"), CultureInfo.InvariantCulture);
    }
}
