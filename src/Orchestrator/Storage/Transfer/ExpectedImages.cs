using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>What a foreign manifest says must follow it in its archive: each image once, with its size and hash.</summary>
internal sealed class ExpectedImages
{
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, ImageFile> _expected;

    private ExpectedImages(CheckpointManifest manifest, long bytes)
    {
        (Manifest, Bytes) = (manifest, bytes);
        _expected = manifest.Files.ToDictionary(file => file.Name, StringComparer.Ordinal);
    }

    /// <summary>What lists them.</summary>
    public CheckpointManifest Manifest { get; }

    /// <summary>How long they are together.</summary>
    public long Bytes { get; }

    /// <summary>Those that did not come yet.</summary>
    public IEnumerable<string> Missing => _expected.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads what a manifest lists.</summary>
    /// <param name="manifest">Of somebody else.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="RefusedException">It names what no checkpoint has.</exception>
    public static ExpectedImages Of(CheckpointManifest manifest, DateTimeOffset now)
    {
        ContainerName.Check(manifest.Container.Name);
        if (manifest.Label is { } label)
            CheckpointLabel.Check(label, text => new RefusedException(text));
        // The newest of a container is what its name alone means, and what is never pruned.
        if (manifest.Created > now + ClockDifference)
            throw new MalformedArchiveException($"the checkpoint was made at {manifest.Created:u}, which is still to come: it would be taken for the newest "
                + "one. Set this host's clock, if that is wrong");
        long bytes = 0;
        foreach (var file in manifest.Files)
        {
            if (!ManifestWriter.IsImage(file.Name) || !ManifestCheck.IsName(file.Name))
                throw new MalformedArchiveException($"the manifest names a file \"{file.Name}\", which is no image");
            if (file.Sha256 is null)
                throw new MalformedArchiveException($"the manifest has no hash of {file.Name}: nothing could tell whether it is what the checkpoint wrote");
            if (file.Size > long.MaxValue - bytes)
                throw new MalformedArchiveException($"the manifest says that {file.Name} has {file.Size} bytes");
            bytes += file.Size;
        }

        return new ExpectedImages(manifest, bytes);
    }

    /// <summary>Takes the one of a name, which may come once.</summary>
    /// <exception cref="MalformedArchiveException">It is not expected, or has another size.</exception>
    public ImageFile Take(string name, long size)
    {
        if (!_expected.Remove(name, out var file))
            throw new MalformedArchiveException($"the archive has an image \"{name}\" that the manifest does not list, or has it twice");
        return size == file.Size ? file : throw new MalformedArchiveException($"{name} has {size} bytes instead of {file.Size}: the archive is damaged");
    }
}
