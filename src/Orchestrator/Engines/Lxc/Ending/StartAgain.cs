using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Engines.Lxc.Ending;

/// <summary>Starts a container whose init asked for a reboot, as LXC's monitor would: by liblxc, from the container's configuration.</summary>
internal static class StartAgain
{
    private const string Logs = "/var/log/lxc";
    private const string NoLog = "none";

    /// <summary>Starts it, in the host's mounts, and waits until it runs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lxcPath">Where LXC keeps it.</param>
    /// <param name="hostMounts">The host's mount namespace; stays the caller's.</param>
    /// <returns>Whether it runs.</returns>
    /// <exception cref="Native.Errors.SyscallException">It could not be tried.</exception>
    public static bool Run(string name, string lxcPath, FileDescriptor hostMounts)
    {
        if (!File.Exists(Path.Combine(lxcPath, name, "config")))
            return false;
        var program = MonitorProgram.ThisProgram();
        var pid = NamespaceThread.Run(
            () => Spawn.Start(new SpawnRequest
            {
                Path = program[0],
                Arguments = [.. program, LiblxcProgram.Argument, "start", name, lxcPath, Directory.Exists(Logs) ? $"{Logs}/{name}.log" : NoLog, "0"],
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = SystemPath.Value, ["LANG"] = "C", ["HOME"] = "/root" },
                NewSession = true,
                WorkingDirectory = "/",
            }),
            hostMounts);
        return ChildProcess.Wait(pid).Succeeded;
    }
}
