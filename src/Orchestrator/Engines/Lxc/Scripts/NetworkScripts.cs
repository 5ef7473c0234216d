using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;

namespace LxcNative.Orchestrator.Engines.Lxc.Scripts;

/// <summary>What the host's administrator has run for each network device of a container (lxc.net.N.script.up and script.down).</summary>
/// <param name="scripts">Runs them.</param>
/// <param name="hostEnd">The name of the host's end of a device of the container, by its name there; null where it has none.</param>
internal sealed class NetworkScripts(HostScripts scripts, Func<string, string?> hostEnd)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The devices are there.</summary>
    /// <returns>What went wrong, in words.</returns>
    public IReadOnlyList<string> Up()
    {
        var troubles = new List<string>();
        foreach (var (script, device) in Of("script.up"))
        {
            try
            {
                var end = Run(script, device, "up", Patience);
                if (end is null)
                    troubles.Add($"{device.Key("script.up")} ({script}) took longer than {Patience.TotalSeconds:0} s, and was ended");
                else if (!end.Value.Succeeded)
                    troubles.Add($"{device.Key("script.up")} ({script}) failed ({end})");
            }
            catch (SyscallException e)
            {
                troubles.Add($"{device.Key("script.up")} ({script}) cannot be run: {e.Message}");
            }
        }

        return troubles;
    }

    /// <summary>The devices go.</summary>
    public void Down()
    {
        foreach (var (script, device) in Of("script.down"))
            Run(script, device, "down", patience: null);
    }

    private IEnumerable<(string Script, NumberedDevice Device)> Of(string key) =>
        from device in NumberedDevice.Of(scripts.Configuration.Get)
        let script = device.Get(key)
        where script is not null
        select (script, device);

    private Native.Procfs.ChildExit? Run(string script, NumberedDevice device, string hook, TimeSpan? patience)
    {
        var link = device.Get("link") ?? "";
        var peer = device.Type == "veth" ? hostEnd(device.Inside) ?? device.Get("veth.pair") ?? "" : null;
        Dictionary<string, string> told = new(StringComparer.Ordinal) { ["LXC_NET_TYPE"] = device.Type, ["LXC_NET_PARENT"] = link };
        if (peer is not null)
            told["LXC_NET_PEER"] = peer;
        return scripts.Run(script, "net", hook, peer is null ? [device.Type, link] : [device.Type, link, peer], told, patience);
    }
}
