using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>Dumps a sleeping child: the plainest thing that criu can be asked for. A criu that is too old for the kernel fails already there.</summary>
/// <remarks>The child is criu itself, waiting as a service that nobody can reach: this library executes no other program.</remarks>
internal static class SelfDump
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Tries it.</summary>
    /// <exception cref="SyscallException">The child could not be started.</exception>
    public static SelfDumpResult Try(CriuInstallation installation)
    {
        var start = MonotonicClock.Microseconds();
        var directory = Directory.CreateTempSubdirectory("lxcnative-check-").FullName;
        var child = 0;
        try
        {
            child = Start(installation.CriuPath, directory);
            WaitUntilAsleep(child, $"{directory}/socket");
            return Dump(installation, child, directory) with { Microseconds = MonotonicClock.Microseconds() - start };
        }
        finally
        {
            if (child > 0)
                End(child);
            Directory.Delete(directory, recursive: true);
        }
    }

    private static int Start(string criu, string directory) => Spawn.Start(new SpawnRequest
    {
        Path = criu,
        Arguments = [criu, "service", "--address", $"{directory}/socket", "-W", directory, "-o", "service.log"],
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = SystemPath.Value, ["LANG"] = "C", ["HOME"] = "/nonexistent" },
        NewSession = true,
        WorkingDirectory = directory,
    });

    private static void WaitUntilAsleep(int child, string socket)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += TimeSpan.FromMilliseconds(2))
        {
            if (File.Exists(socket) && ProcStat.Read(child).State is 'S' or 'Z')
                return;
            Thread.Sleep(2);
        }
    }

    private static SelfDumpResult Dump(CriuInstallation installation, int child, string directory)
    {
        var images = Directory.CreateDirectory($"{directory}/images").FullName;
        using var descriptor = FileOpen.Open(images, OpenFlags.ReadOnly | OpenFlags.Directory);
        var service = new CriuService(installation);
        using var worker = CriuWorker.Start(installation);
        using var criu = service.CreateOptions();
        criu.Worker = worker;
        criu.Pid = child;
        criu.ImagesDirectory = descriptor;
        criu.LogFile = "dump.log";
        criu.LogLevel = 2;
        criu.LeaveRunning = true;
        criu.ManageCgroups = CriuManageCgroups.Ignore;
        try
        {
            service.Dump(criu);
            return new SelfDumpResult(true, [], 0);
        }
        catch (CriuException failure)
        {
            return new SelfDumpResult(false, failure.LogErrors.Count > 0 ? failure.LogErrors : [failure.Meaning], 0);
        }
    }

    private static void End(int child)
    {
        try
        {
            using (var handle = ProcessHandle.Open(child))
                handle.SendSignal(Signal.Kill);
            ChildProcess.Wait(child);
        }
        catch (SyscallException gone) when (gone.Errno is Errno.ESRCH or Errno.ECHILD or Errno.ENOENT)
        {
            // It ended by itself and was reaped.
        }
    }
}
