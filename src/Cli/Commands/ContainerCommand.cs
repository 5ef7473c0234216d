using System.CommandLine;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative container ...</c>.</summary>
internal static class ContainerCommand
{
    /// <summary>Builds the group.</summary>
    public static Command Build() => new("container", "Make, prepare, start and stop LXC containers.")
    {
        ContainerCreateCommand.Build(),
        ContainerPrepareCommand.Build(),
        ContainerStartCommand.Build(),
        ContainerStopCommand.Build(),
    };

    /// <summary>The option that says where LXC keeps containers.</summary>
    public static Option<string?> LxcPathOption() => new("--lxcpath", "-P")
    {
        Description = "Where LXC keeps containers (default: lxc.lxcpath, else /var/lib/lxc).",
        HelpName = "DIR",
    };
}
