using System.CommandLine;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative host ...</c>.</summary>
internal static class HostCommand
{
    /// <summary>Builds the group.</summary>
    public static Command Build() => new("host", "Prepare this host for containers: cgroups, bridges, devices. Everything may be done again, and undone.")
    {
        HostCgroupCommand.Build(),
        HostBridgeCommand.Build(),
        HostVethCommand.Build(),
        HostPrepareCommand.Build(),
        HostUnitCommand.Build(),
    };
}
