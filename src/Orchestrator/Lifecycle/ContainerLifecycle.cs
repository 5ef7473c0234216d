using System.Globalization;
using LxcNative.Native.Lxc;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Preparation;

namespace LxcNative.Orchestrator.Lifecycle;

/// <summary>Starts and stops defined containers, by liblxc in a process of its own; stops restored ones, which LXC does not know.</summary>
public static class ContainerLifecycle
{
    private const int ErrorLines = 4;

    /// <summary>Starts a container and waits until it runs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lxcPath">Where LXC keeps it; null for the default.</param>
    /// <returns>The pid of its init, as the host sees it.</returns>
    /// <exception cref="PreparationRefusedException">There is no such container, it runs already, or liblxc is missing.</exception>
    /// <exception cref="PreparationFailedException">liblxc could not start it; the message has its log's error lines.</exception>
    public static int Start(string name, string? lxcPath = null)
    {
        var path = LxcPath.Of(lxcPath);
        RequireDefined(name, path);
        if (RunningInit(name, path) is { } running)
            throw new PreparationRefusedException($"{name} is running already (init {running})");
        Call("start", name, path, 0);
        return LxcCommandSocket.InitPid(path, name) ?? throw new PreparationFailedException($"{name} was started, but ended at once", true, new IOException("no init"));
    }

    /// <summary>Stops a container: its init is asked to end, and killed where it does not.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lxcPath">Where LXC keeps it; null for the default.</param>
    /// <param name="patience">How long its init may take; zero to kill it at once.</param>
    /// <exception cref="PreparationRefusedException">It does not run, or liblxc is missing.</exception>
    /// <exception cref="PreparationFailedException">It could not be stopped.</exception>
    public static void Stop(string name, string? lxcPath = null, TimeSpan? patience = null)
    {
        var path = LxcPath.Of(lxcPath);
        var time = patience ?? TimeSpan.FromSeconds(30);
        if (LxcCommandSocket.InitPid(path, name) is not null)
            Call(time == TimeSpan.Zero ? "kill" : "stop", name, path, (int)Math.Ceiling(time.TotalSeconds));
        else if (RestoredContainer.ByName(name) is { } restored)
            StopRestored(restored, path, time);
        else
            throw new PreparationRefusedException($"{name} does not run");
    }

    private static int? RunningInit(string name, string path) => LxcCommandSocket.InitPid(path, name) ?? RestoredContainer.ByName(name)?.InitPid;

    private static void RequireDefined(string name, string path)
    {
        if (!File.Exists(Path.Combine(path, name, "config")))
            throw new PreparationRefusedException($"there is no container {name} in {path}");
    }

    private static void StopRestored(RestoredContainer restored, string path, TimeSpan patience)
    {
        using var init = ProcessHandle.TryOpen(restored.InitPid, restored.InitStartTime);
        if (init is null)
            return;
        if (patience > TimeSpan.Zero)
        {
            init.SendSignal(HaltSignal.Of(Path.Combine(path, restored.Name, "config")));
            if (init.WaitForExit(patience))
                return;
        }

        init.SendSignal(Signal.Kill);
        init.WaitForExit();
    }

    private static void Call(string action, string name, string path, int seconds)
    {
        // Found out here, where it can be told: the other process has only an exit code.
        try
        {
            _ = Liblxc.Load();
        }
        catch (LiblxcNotFoundException e)
        {
            throw new PreparationRefusedException(e.Message, e);
        }

        var log = Path.GetTempFileName();
        try
        {
            var program = MonitorProgram.Find(null);
            var pid = Spawn.Start(new SpawnRequest
            {
                Path = program[0],
                Arguments = [.. program, LiblxcProgram.Argument, action, name, path, log, seconds.ToString(CultureInfo.InvariantCulture)],
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = SystemPath.Value, ["LANG"] = "C", ["HOME"] = "/root" },
                NewSession = true,
            });
            if (ChildProcess.Wait(pid).Succeeded)
                return;
            var errors = File.ReadLines(log).Where(line => line.Contains("ERROR", StringComparison.Ordinal)).Take(ErrorLines).Select(line => "\n  " + line);
            throw new PreparationFailedException($"liblxc could not {(action == "start" ? "start" : "stop")} {name}{string.Concat(errors)}", true, new IOException("liblxc"));
        }
        catch (FileNotFoundException e)
        {
            throw new PreparationRefusedException(e.Message, e);
        }
        finally
        {
            File.Delete(log);
        }
    }
}
