using LxcNative.Orchestrator.Engines.Lxc.Scripts;

namespace LxcNative.Orchestrator.Engines.Lxc.Ending;

/// <summary>What the host's administrator has run when a container ends (lxc.hook.stop, lxc.hook.post-stop).</summary>
/// <param name="scripts">Runs them.</param>
internal sealed class EndScripts(HostScripts scripts)
{
    /// <summary>Init has ended (lxc.hook.stop).</summary>
    /// <param name="reboots">Whether it shall run again.</param>
    public void Stop(bool reboots) => RunAll("stop", reboots);

    /// <summary>Nothing of the container is left (lxc.hook.post-stop).</summary>
    /// <param name="reboots">Whether it shall run again.</param>
    /// <returns>Whether all went well: otherwise it is not started again.</returns>
    public bool PostStop(bool reboots) => RunAll("post-stop", reboots);

    private bool RunAll(string hook, bool reboots) =>
        scripts.Configuration.GetAll("lxc.hook." + hook)
            .All(script => scripts.Run(script, "lxc", hook, [],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["LXC_TARGET"] = reboots ? "reboot" : "stop" }) is { Succeeded: true });
}
