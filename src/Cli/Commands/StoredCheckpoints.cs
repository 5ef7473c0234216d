using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Commands;

/// <summary>The checkpoints that a command line names.</summary>
internal static class StoredCheckpoints
{
    /// <summary>The option that names directories beside the store.</summary>
    public static Option<string[]> Beside() => new("--images-dir", "-D")
    {
        Description = "Also those in and below this directory: a checkpoint, or a parent of checkpoints; may be repeated.",
        HelpName = "DIR",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Each checkpoint once.</summary>
    /// <param name="store">The store.</param>
    /// <param name="names">NAME/TIME or NAME/LABEL; with <paramref name="all"/>, containers.</param>
    /// <param name="directories">Directories of one checkpoint each.</param>
    /// <param name="all">Whether the names are containers', and all of each is meant.</param>
    /// <exception cref="RefusedException">One of them is not there.</exception>
    public static IReadOnlyList<StoredCheckpoint> Find(CheckpointStore store, IReadOnlyList<string> names, IReadOnlyList<string> directories, bool all)
    {
        var found = directories.Select(directory => store.Exactly(directory, isDirectory: true)).ToList();
        if (!all)
        {
            found.AddRange(names.Select(name => store.Exactly(name)));
        }
        else if (names.Count > 0)
        {
            var listed = store.List();
            foreach (var name in names)
            {
                var theirs = listed.Where(one => one.Container == name).ToList();
                found.AddRange(theirs.Count > 0 ? theirs : throw store.NoneOf(name));
            }
        }

        return [.. found.DistinctBy(one => one.Directory)];
    }

    /// <summary>The containers that do not run, and whose last complete checkpoint is among those that go.</summary>
    /// <param name="going">Those that go.</param>
    /// <param name="kept">Those that the store has, these among them.</param>
    public static IReadOnlyList<string> WithoutAnother(IReadOnlyList<StoredCheckpoint> going, IReadOnlyList<StoredCheckpoint> kept) =>
    [
        .. going.Where(one => one.IsComplete && one.Findings.All(finding => finding.Id != StoreOutput.Running)).Select(one => one.Container).OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Where(name => !kept.Any(one => one.Container == name && one.IsComplete && going.All(gone => gone.Directory != one.Directory))),
    ];
}
