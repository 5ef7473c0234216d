using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;

namespace LxcNative.Orchestrator.Engines.Lxc.Ending;

/// <summary>What the host's administrator has run when a container ends (lxc.hook.stop, lxc.hook.post-stop, lxc.net.N.script.down): in the host's mounts, by
/// the shell, as LXC does it.</summary>
internal sealed class EndScripts
{
    private const string Shell = "/bin/sh";
    private readonly string _name;
    private readonly LxcConfiguration _configuration;
    private readonly FileDescriptor _hostMounts;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly Func<string, string?> _hostEnd;
    private readonly bool _hasEnvironmentAlone;

    /// <summary>Reads them.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="file">Its configuration file, which need not be there.</param>
    /// <param name="hostMounts">The host's mount namespace; stays the caller's.</param>
    /// <param name="hostEnd">The name of the host's end of a device of the container, by its name there; null where it has none.</param>
    public EndScripts(string name, string file, FileDescriptor hostMounts, Func<string, string?> hostEnd)
    {
        (_name, _hostMounts, _hostEnd) = (name, hostMounts, hostEnd);
        _configuration = RootsConfiguration.Read(file);
        _hasEnvironmentAlone = _configuration.Get("lxc.hook.version") == "1";
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = SystemPath.Value,
            ["LANG"] = "C",
            ["LXC_NAME"] = name,
            ["LXC_CONFIG_FILE"] = file,
            ["LXC_ROOTFS_MOUNT"] = _configuration.Get("lxc.rootfs.mount") ?? "",
            ["LXC_ROOTFS_PATH"] = CurrentConfiguration.RootOf(_configuration) ?? "",
            ["LXC_CGNS_AWARE"] = "1",
            ["LXC_LOG_LEVEL"] = _configuration.Get("lxc.log.level") ?? "ERROR",
            ["LXC_HOOK_VERSION"] = _hasEnvironmentAlone ? "1" : "0",
        };
    }

    /// <summary>The network devices go.</summary>
    public void Down()
    {
        foreach (var device in NumberedDevice.Of(_configuration.Get))
        {
            if (device.Get("script.down") is not { } script)
                continue;
            var link = device.Get("link") ?? "";
            var peer = device.Type == "veth" ? _hostEnd(device.Inside) ?? device.Get("veth.pair") ?? "" : null;
            Dictionary<string, string> told = new(StringComparer.Ordinal) { ["LXC_NET_TYPE"] = device.Type, ["LXC_NET_PARENT"] = link };
            if (peer is not null)
                told["LXC_NET_PEER"] = peer;
            Run(script, "net", "down", peer is null ? [device.Type, link] : [device.Type, link, peer], told);
        }
    }

    /// <summary>Init has ended (lxc.hook.stop).</summary>
    /// <param name="reboots">Whether it shall run again.</param>
    public void Stop(bool reboots) => RunAll("stop", reboots);

    /// <summary>Nothing of the container is left (lxc.hook.post-stop).</summary>
    /// <param name="reboots">Whether it shall run again.</param>
    /// <returns>Whether all went well: otherwise it is not started again.</returns>
    public bool PostStop(bool reboots) => RunAll("post-stop", reboots);

    private bool RunAll(string hook, bool reboots) =>
        _configuration.GetAll("lxc.hook." + hook)
            .All(script => Run(script, "lxc", hook, [],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["LXC_TARGET"] = reboots ? "reboot" : "stop" }));

    private bool Run(string script, string section, string hook, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> told)
    {
        var environment = _environment.Concat(told).ToDictionary(StringComparer.Ordinal);
        if (_hasEnvironmentAlone)
            (environment["LXC_HOOK_TYPE"], environment["LXC_HOOK_SECTION"]) = (hook, section);
        // The script may have arguments of its own; a name is never part of the command line.
        string[] line = _hasEnvironmentAlone
            ? [Shell, "-c", $"exec {script}"]
            : [Shell, "-c", $"exec {script} \"$@\"", Shell, _name, section, hook, .. arguments];
        var pid = NamespaceThread.Run(
            () => Spawn.Start(new SpawnRequest { Path = Shell, Arguments = line, Environment = environment, NewSession = true, WorkingDirectory = "/" }),
            _hostMounts);
        return ChildProcess.Wait(pid).Succeeded;
    }
}
