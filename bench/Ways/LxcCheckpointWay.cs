using System.Globalization;
using LxcNative.Bench.Live;

namespace LxcNative.Bench.Ways;

/// <summary>LXC's own command.</summary>
internal sealed class LxcCheckpointWay : IWay
{
    public string Name => "lxc-checkpoint";

    public void Checkpoint(BenchContainer container, string images, bool leaveRunning)
    {
        string[] more = leaveRunning ? [] : ["-s"];
        Tool.Output("lxc-checkpoint", ["-n", container.Name, "-D", images, .. more]);
    }

    public void Restore(BenchContainer container, string images)
    {
        Tool.Output("lxc-checkpoint", "-n", container.Name, "-D", images, "-r", "-d");
        Tool.Output("lxc-wait", "-n", container.Name, "-s", "RUNNING", "-t", "20");
        container.InitPid = int.Parse(Tool.Output("lxc-info", "-n", container.Name, "-p", "-H"), CultureInfo.InvariantCulture);
    }
}
