using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;
using LxcNative.Orchestrator.Engines.Lxc.Ending;

namespace LxcNative.Orchestrator.Engines.Lxc.Scripts;

/// <summary>Runs what the host's administrator has put into a container's configuration: in the host's mounts, by the shell, as LXC does it.</summary>
internal sealed class HostScripts
{
    private const string Shell = "/bin/sh";
    private readonly string _name;
    private readonly FileDescriptor _hostMounts;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly bool _hasEnvironmentAlone;

    /// <summary>Reads the configuration.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="file">Its configuration file, which need not be there.</param>
    /// <param name="hostMounts">The host's mount namespace; stays the caller's.</param>
    public HostScripts(string name, string file, FileDescriptor hostMounts)
    {
        (_name, _hostMounts) = (name, hostMounts);
        Configuration = RootsConfiguration.Read(file);
        _hasEnvironmentAlone = Configuration.Get("lxc.hook.version") == "1";
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = SystemPath.Value,
            ["LANG"] = "C",
            ["LXC_NAME"] = name,
            ["LXC_CONFIG_FILE"] = file,
            ["LXC_ROOTFS_MOUNT"] = Configuration.Get("lxc.rootfs.mount") ?? "",
            ["LXC_ROOTFS_PATH"] = CurrentConfiguration.RootOf(Configuration) ?? "",
            ["LXC_CGNS_AWARE"] = "1",
            ["LXC_LOG_LEVEL"] = Configuration.Get("lxc.log.level") ?? "ERROR",
            ["LXC_HOOK_VERSION"] = _hasEnvironmentAlone ? "1" : "0",
        };
    }

    /// <summary>The configuration; empty where there is none that is root's.</summary>
    public LxcConfiguration Configuration { get; }

    /// <summary>Runs one, and waits for its end.</summary>
    /// <param name="script">It, as the configuration has it.</param>
    /// <param name="section">What it is of: net or lxc.</param>
    /// <param name="hook">When it is run: up, down, stop, post-stop.</param>
    /// <param name="arguments">What else it is told.</param>
    /// <param name="told">The same as variables.</param>
    /// <param name="patience">How long it may take before it is ended; null for as long as it wants.</param>
    /// <returns>Its end; null where it took longer.</returns>
    /// <exception cref="Native.Errors.SyscallException">It cannot be started.</exception>
    public ChildExit? Run(string script, string section, string hook, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> told,
        TimeSpan? patience = null)
    {
        var environment = _environment.Concat(told).ToDictionary(StringComparer.Ordinal);
        if (_hasEnvironmentAlone)
            (environment["LXC_HOOK_TYPE"], environment["LXC_HOOK_SECTION"]) = (hook, section);
        // The script may have arguments of its own; a name is never part of the command line. An empty one is lost on LXC's way to it.
        string[] line = _hasEnvironmentAlone
            ? [Shell, "-c", $"exec {script}"]
            : [Shell, "-c", $"exec {script} \"$@\"", Shell, _name, section, hook, .. arguments.Where(one => one.Length > 0)];
        var pid = NamespaceThread.Run(
            () => Spawn.Start(new SpawnRequest { Path = Shell, Arguments = line, Environment = environment, NewSession = true, WorkingDirectory = "/" }),
            _hostMounts);
        return ChildProcess.WaitOrKill(pid, patience);
    }
}
