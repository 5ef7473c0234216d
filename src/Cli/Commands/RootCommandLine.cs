using System.CommandLine;

namespace LxcNative.Cli.Commands;

/// <summary>The whole command line.</summary>
internal static class RootCommandLine
{
    /// <summary>Builds it.</summary>
    public static RootCommand Build() => new("Checkpoints and restores running LXC containers.")
    {
        CheckpointCommand.Build(),
        RestoreCommand.Build(),
        CheckCommand.Build(),
        InspectCommand.Build(),
        HostCommand.Build(),
        ContainerCommand.Build(),
        LockCommand.Build(),
        UnlockCommand.Build(),
        VersionCommand.Build(),
    };
}
