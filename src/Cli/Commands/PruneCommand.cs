using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative prune [NAME...] [--keep N] [--older-than AGE] [--max-size SIZE]</c>.</summary>
internal static class PruneCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var names = new Argument<string[]>("NAME") { Description = "Only the checkpoints of these containers.", Arity = ArgumentArity.ZeroOrMore };
        var keep = new Option<int?>("--keep") { Description = "Keep the newest N complete checkpoints of each container.", HelpName = "N" };
        var olderThan = Age.Option("--older-than", "Delete those that are older, such as 30d, 12h or 2w; with --keep those beyond its number only.");
        var maxSize = ByteSize.Option("--max-size", "Then delete the oldest until all of them take no more, such as 50G; never those that --keep keeps.");
        var evenLast = new Option<bool>("--even-last") { Description = "Also the only complete checkpoint of a container." };
        var directories = StoredCheckpoints.Beside();
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Only tell what would be deleted." };
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var store = new StoreOption();
        var command = new Command("prune",
            "Delete checkpoints that are too old, too many or too large. The newest complete one of each container stays; damaged ones stay; what was not "
            + "completed goes after an hour.")
        {
            names, keep, olderThan, maxSize, evenLast, directories, dryRun, json,
        };
        store.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(keep) is null && result.GetResult(olderThan) is null && result.GetResult(maxSize) is null)
                result.AddError("Say what may go: --keep N, --older-than AGE or --max-size SIZE.");
            if (result.ValueOf(keep) is < 0)
                result.AddError($"--keep {result.ValueOf(keep)}: a number from 0 on is needed");
        });
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var wanted = parsed.GetValue(names)!;
            var retention = new Retention
            {
                Keep = parsed.GetValue(keep),
                OlderThan = parsed.GetValue(olderThan),
                MaxBytes = parsed.GetValue(maxSize),
                EvenLast = parsed.GetValue(evenLast),
            };
            var all = store.Get(parsed).List(parsed.GetValue(directories));
            // A name that is mistyped would keep everything, and nobody would know.
            foreach (var name in wanted.Where(name => all.All(one => one.Container != name)))
                ErrorOutput.Warn(store.Get(parsed).NoneOf(name).Message);
            var choice = retention.Choose(all.Where(one => wanted.Length == 0 || wanted.Contains(one.Container)), DateTimeOffset.UtcNow);
            var code = DeletionOutput.Write(CheckpointDeletion.Run(choice.Removed, parsed.GetValue(dryRun)), parsed.GetValue(dryRun), parsed.GetValue(json),
                choice);
            if (choice.BytesKept <= retention.MaxBytes || retention.MaxBytes is null)
                return code;
            ErrorOutput.Warn($"what has to stay takes {Duration.FormatBytes(choice.BytesKept)}, more than --max-size: the newest complete checkpoint of each "
                + $"container, those that --keep keeps, and damaged ones");
            return code == ExitCode.Done ? ExitCode.Failed : code;
        }));
        return command;
    }
}
