using System.CommandLine;
using LxcNative.Orchestrator.Preparation.Hosts;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative host cgroup</c>.</summary>
internal static class HostCgroupCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var layout = WordOption.Of<CgroupLayoutWish?>(
            "--layout",
            "legacy: all controllers in one hierarchy, like `mount -t cgroup c /cgroup`; v1: a hierarchy each; v2; hybrid: v1 and v2 (default: what is there; "
            + "v2 where nothing is).",
            ("legacy", CgroupLayoutWish.Legacy), ("v1", CgroupLayoutWish.V1), ("v2", CgroupLayoutWish.V2), ("hybrid", CgroupLayoutWish.Hybrid));
        var at = new Option<string?>("--at") { Description = "Where (default: /cgroup for legacy, else /sys/fs/cgroup).", HelpName = "DIR" };
        var switches = new PreparationSwitches();
        var command = new Command("cgroup", "Mount cgroup file systems; what is mounted already stays as it is.") { layout, at };
        switches.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(switches.Json(parsed),
            () => switches.Run(parsed, new CgroupPreparation(parsed.GetValue(layout), parsed.GetValue(at)))));
        return command;
    }
}
