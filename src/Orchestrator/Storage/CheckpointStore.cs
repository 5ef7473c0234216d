using System.Globalization;
using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Storage;

/// <summary>The place for checkpoints whose directory nobody named: PATH/NAME/TIME, one directory a checkpoint; and what is known of those that are in
/// it.</summary>
public sealed class CheckpointStore
{
    /// <summary>The place where nobody says another.</summary>
    public const string DefaultPath = "/var/lib/lxcnative";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'.'fff'Z'";

    /// <summary>A store.</summary>
    /// <param name="path">Its directory, which need not exist; null for <see cref="DefaultPath"/>.</param>
    public CheckpointStore(string? path = null) => Path = DirectoryPath.Full(path ?? DefaultPath);

    /// <summary>Its directory, absolute.</summary>
    public string Path { get; }

    /// <summary>A directory name that does not exist yet, for a checkpoint of <paramref name="name"/> made at <paramref name="now"/>.</summary>
    /// <exception cref="RefusedException">That is no container's name.</exception>
    public string NewDirectory(string name, DateTimeOffset now)
    {
        ContainerName.Check(name);
        return System.IO.Path.Combine(Path, name, now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
    }

    /// <summary>The directory of the newest checkpoint of <paramref name="name"/> that has a manifest, or null.</summary>
    /// <exception cref="RefusedException">That is no container's name.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public string? Newest(string name)
    {
        ContainerName.Check(name);
        RootOnly.Require("reading checkpoints");
        return Complete(name).FirstOrDefault();
    }

    /// <summary>The directory of a checkpoint, as a person names it.</summary>
    /// <param name="reference">NAME for the newest one of a container that has a manifest, NAME/TIME for the directory of that name, NAME/LABEL for the newest
    /// with that label.</param>
    /// <exception cref="RefusedException">There is none, or that is no such name.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public string Find(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        RootOnly.Require("reading checkpoints");
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? reference : reference[..slash];
        if (slash < 0)
            return Newest(name) ?? throw NoneOf(name);
        return Named(name, reference[(slash + 1)..]).FirstOrDefault() ?? throw NoneCalled(reference);
    }

    /// <summary>What is in the store, and below other directories: complete or not. Nothing is changed.</summary>
    /// <param name="beside">Further directories: checkpoints, their parents, or other stores.</param>
    /// <param name="criu">Where to look for the criu that would restore them; null for the usual places.</param>
    /// <returns>By container, the newest first.</returns>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public IReadOnlyList<StoredCheckpoint> List(IEnumerable<string>? beside = null, CriuSearch? criu = null)
    {
        RootOnly.Require("reading checkpoints");
        return new StoreListing(this, criu).Read(beside ?? []);
    }

    /// <summary>The one checkpoint that is in a directory, or is named as for <see cref="Find"/> with NAME/TIME or NAME/LABEL: complete or not.</summary>
    /// <exception cref="RefusedException">There is none, or more than one has that label.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public StoredCheckpoint Exactly(string referenceOrDirectory, bool isDirectory = false, CriuSearch? criu = null)
    {
        ArgumentNullException.ThrowIfNull(referenceOrDirectory);
        RootOnly.Require("reading checkpoints");
        return new StoreListing(this, criu).One(isDirectory ? DirectoryPath.Full(referenceOrDirectory) : ExactDirectory(referenceOrDirectory));
    }

    /// <summary>That there is no checkpoint of a container.</summary>
    public RefusedException NoneOf(string name) => new($"there is no checkpoint of {name} under {Path}{NearestName.Ask(name, Containers())}");

    private RefusedException NoneCalled(string reference)
    {
        var name = reference[..reference.IndexOf('/', StringComparison.Ordinal)];
        var known = Complete(name).ToList();
        if (known.Count == 0)
            return NoneOf(name);
        var names = known.Select(LabelOf).Concat(known.Select(System.IO.Path.GetFileName)).OfType<string>().Select(one => $"{name}/{one}");
        return new($"there is no checkpoint {reference} under {Path}"
            + (NearestName.Of(reference, names) is { } meant ? $"; did you mean {meant}?"
                : $", which has {known.Count} {(known.Count == 1 ? "checkpoint" : "checkpoints")} of {name}"));
    }

    private IEnumerable<string> Containers() => FileStatus.TryRead(Path, out var status) && status.IsDirectory
        ? DirectoryListing.Read(Path).Select(entry => entry.Name).Where(name => Complete(name).Any()) : [];

    private string ExactDirectory(string reference)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            throw new RefusedException($"{reference} names a container, not one of its checkpoints: name it as {reference}/TIME or {reference}/LABEL");
        var found = Named(reference[..slash], reference[(slash + 1)..]).ToList();
        return found.Count switch
        {
            0 => throw NoneCalled(reference),
            1 => found[0],
            _ => throw new RefusedException($"{found.Count} checkpoints are called {reference}: name one by its time, "
                + $"{string.Join(", ", found.Select(one => System.IO.Path.GetFileName(one)))}"),
        };
    }

    private IEnumerable<string> Named(string name, string which)
    {
        ContainerName.Check(name);
        CheckpointLabel.Check(which, text => new RefusedException(text));
        var directory = System.IO.Path.Combine(Path, name, which);
        return FileStatus.TryRead(directory, out var status, followLinks: false) && status.IsDirectory ? [directory] : Complete(name)
            .Where(one => LabelOf(one) == which);
    }

    private IEnumerable<string> Complete(string name)
    {
        var all = System.IO.Path.Combine(Path, name);
        return FileStatus.TryRead(all, out var status) && status.IsDirectory
            ? Directory.EnumerateDirectories(all).Where(one => File.Exists(System.IO.Path.Combine(one, CheckpointManifest.FileName)))
                .OrderDescending(StringComparer.Ordinal)
            : [];
    }

    private static string? LabelOf(string directory)
    {
        try
        {
            return CheckpointManifest.Read(directory).Label;
        }
        catch (RefusedException)
        {
            // A damaged one has no name but its directory's.
            return null;
        }
    }
}
