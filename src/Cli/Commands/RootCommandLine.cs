using System.CommandLine;
using System.CommandLine.Help;
using LxcNative.Cli.Output;

namespace LxcNative.Cli.Commands;

/// <summary>The whole command line.</summary>
internal static class RootCommandLine
{
    /// <summary>Builds it.</summary>
    public static RootCommand Build()
    {
        var root = new RootCommand("Checkpoints and restores running LXC containers.")
        {
            CheckpointCommand.Build(),
            RestoreCommand.Build(),
            CheckCommand.Build(),
            VerifyCommand.Build(),
            InspectCommand.Build(),
            DiffCommand.Build(),
            PsCommand.Build(),
            ExecCommand.Build(),
            ExecCommand.BuildAttach(),
            ConsoleCommand.Build(),
            ContainerStopCommand.Build(),
            LogsCommand.Build(),
            ListCommand.Build(),
            DeleteCommand.Build(),
            PruneCommand.Build(),
            ExportCommand.Build(),
            ImportCommand.Build(),
            PushCommand.Build(),
            PullCommand.Build(),
            HostCommand.Build(),
            ContainerCommand.Build(),
            LockCommand.Build(),
            UnlockCommand.Build(),
            RecoverCommand.Build(),
            VersionCommand.Build(),
        };
        root.Subcommands.Add(CompletionsCommand.Build(root));
        // Asked for here, or the runtime would set the terminal up to find out.
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpAction { MaxWidth = TerminalOutput.Columns };
        return root;
    }
}
