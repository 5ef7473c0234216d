using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative delete (NAME/TIME... | -D DIR... | --all NAME...)</c>.</summary>
internal static class DeleteCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var names = new Argument<string[]>("CHECKPOINT")
        {
            Description = "NAME/TIME or NAME/LABEL, as `lxcnative list` writes them; with --all a container's NAME.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var directories = new Option<string[]>("--images-dir", "-D")
        {
            Description = "The directory of a checkpoint; may be repeated.",
            HelpName = "DIR",
            DefaultValueFactory = _ => [],
        };
        var all = new Option<bool>("--all") { Description = "All checkpoints of the containers that are named." };
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Only tell what would be deleted." };
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var store = new StoreOption();
        var command = new Command("delete", "Delete checkpoints. Nothing is asked; one that is being made or restored right now is refused.")
        {
            names, directories, all, dryRun, json,
        };
        store.AddTo(command);
        command.Validators.Add(result =>
        {
            var named = result.GetValue(names) is { Length: > 0 };
            if (!named && result.ValueOf(directories) is not { Length: > 0 })
                result.AddError("Name what is to be deleted: NAME/TIME, NAME/LABEL or --images-dir DIR.");
            if (!named && result.ValueOf(all))
                result.AddError("--all needs the NAME of a container.");
        });
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var checkpoints = StoredCheckpoints.Find(store.Get(parsed), parsed.GetValue(names)!, parsed.GetValue(directories)!, parsed.GetValue(all));
            foreach (var name in StoredCheckpoints.WithoutAnother(checkpoints, store.Get(parsed).List()))
                ErrorOutput.Warn($"{name} does not run, and has no other complete checkpoint under {store.Get(parsed).Path}: without this one nothing brings "
                    + "back what was in its memory");
            return DeletionOutput.Write(CheckpointDeletion.Run(checkpoints, parsed.GetValue(dryRun)), parsed.GetValue(dryRun), parsed.GetValue(json));
        }));
        return command;
    }
}
