using System.Globalization;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Lxc;
using LxcNative.Native.Mounts;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc.Ending;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Engines.Lxc;

/// <summary>Starts and stops defined containers, by liblxc in a process of its own; stops restored ones without it.</summary>
public static class ContainerLifecycle
{
    private const int ErrorLines = 4;

    /// <summary>Starts a container and waits until it runs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lxcPath">Where LXC keeps it; null for the default.</param>
    /// <returns>The pid of its init, as the host sees it.</returns>
    /// <exception cref="RefusedException">There is no such container, it runs already, or liblxc is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    /// <exception cref="FailedException">liblxc could not start it; the message has its log's error lines.</exception>
    public static int Start(string name, string? lxcPath = null)
    {
        RootOnly.Require("starting a container");
        var path = LxcPath.Of(lxcPath);
        RequireDefined(name, path);
        if (RunningInit(name, path) is { } running)
            throw new RefusedException($"{name} is running already (init {running})");
        // LXC would make a second one over the same root.
        if (UnattendedContainer.ProcessOf(name, path) is { } process)
            throw new RefusedException($"{name} is running already, though no monitor answers for it: {UnattendedContainer.Reason}. "
                + $"Process {process} is one of it");
        Call("start", name, path, 0);
        return LxcCommandSocket.InitPid(path, name) ?? throw new FailedException($"{name} was started, but ended at once", ContainerState.Untouched);
    }

    /// <summary>Stops a container: its init is asked to end, and killed where it does not; then what goes with it is waited for, half a minute at most: its
    /// monitor with the scripts of its end, its cgroups, its devices on the host.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lxcPath">Where LXC keeps it; null for the default.</param>
    /// <param name="patience">How long its init may take; zero to kill it at once.</param>
    /// <returns>What is still there then, in words; empty as a rule.</returns>
    /// <exception cref="RefusedException">It does not run, or liblxc is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    /// <exception cref="FailedException">It could not be stopped.</exception>
    public static IReadOnlyList<string> Stop(string name, string? lxcPath = null, TimeSpan? patience = null)
    {
        RootOnly.Require("stopping a container");
        ContainerName.Check(name);
        var path = LxcPath.Of(lxcPath);
        var time = patience ?? TimeSpan.FromSeconds(30);
        var restored = Restored(name, path);
        if ((restored?.InitPid ?? LxcCommandSocket.InitPid(path, name)) is not { } init)
            throw NotRunning(name, path);
        var end = EndedContainer.Of(init);
        if (restored is not null)
            StopRestored(restored, path, time);
        else
            Call(time == TimeSpan.Zero ? "kill" : "stop", name, path, (int)Math.Ceiling(time.TotalSeconds));
        return end.Await();
    }

    private static RefusedException NotRunning(string name, string path) => UnattendedContainer.ProcessOf(name, path) is { } process
        ? new($"{name} runs, but no monitor answers for it: {UnattendedContainer.Reason}. Nobody would clear up after it: end its "
            + $"init by hand. Process {process} is one of it")
        : new(KnownContainers.IsDefined(name, path) ? $"{name} does not run" : KnownContainers.None(name, path));

    private static int? RunningInit(string name, string path) => LxcCommandSocket.InitPid(path, name) ?? Restored(name, path)?.InitPid;

    // Records have a container's name alone: another of that name may be kept elsewhere.
    private static RestoredContainer? Restored(string name, string path) => RestoredContainer.ByName(name) is { } one && one.LxcPath == path ? one : null;

    private static void RequireDefined(string name, string path)
    {
        ContainerName.Check(name);
        if (!KnownContainers.IsDefined(name, path))
            throw new RefusedException(KnownContainers.None(name, path));
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
        Thaw(restored.InitPid);
        init.WaitForExit();
    }

    // A frozen cgroup of version 1 lets no signal through.
    private static void Thaw(int init)
    {
        try
        {
            foreach (var cgroup in CgroupDiscovery.OfProcess(init, MountInfo.ReadSelf()).Where(one => one.IsUnified || one.Controllers.Contains("freezer")))
                foreach (var directory in LxcCgroup.UpToOwn(cgroup.Path, cgroup.Directory))
                    new CgroupDirectory(directory).Thaw(cgroup.IsUnified);
        }
        catch (SyscallException)
        {
            // It has ended already.
        }
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
            throw new RefusedException(e.Message, e);
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
            throw action == "start"
                ? new FailedException($"liblxc could not start {name}{string.Concat(errors)}", ContainerState.Untouched)
                : new FailedException($"liblxc could not stop {name}{string.Concat(errors)}", ContainerState.RunsOn);
        }
        catch (FileNotFoundException e)
        {
            throw new RefusedException(e.Message, e);
        }
        finally
        {
            File.Delete(log);
        }
    }
}
