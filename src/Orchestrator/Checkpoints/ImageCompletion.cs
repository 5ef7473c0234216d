using System.Security.Cryptography;
using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What makes images a checkpoint: the manifest, written when they are complete, and again with their hashes, and its signature.</summary>
/// <param name="manifest">The manifest without its files; it is written with the states that the parts have then.</param>
/// <param name="images">The images; they stay the caller's.</param>
/// <param name="parts">The parts; they stay the caller's.</param>
/// <param name="key">What signs it; stays the caller's. Null where it is not signed.</param>
internal sealed class ImageCompletion(CheckpointManifest manifest, ImageDirectory images, PartSavings parts, ECDsa? key)
{
    private readonly List<string> _shortfalls = [];
    private CheckpointManifest _manifest = manifest;

    /// <summary>What a checkpoint lacks that is one all the same, in words.</summary>
    public IReadOnlyList<string> Shortfalls => _shortfalls;

    /// <summary>Completes them: from here on there is a checkpoint.</summary>
    /// <exception cref="IOException">Something could not be written.</exception>
    public void Complete()
    {
        parts.Finish(images);
        // What was read of the container that stands still.
        _manifest = _manifest with { Parts = parts.States };
        ManifestWriter.Write(_manifest, images);
    }

    /// <summary>Completes those of a container that runs on already.</summary>
    /// <param name="name">The container's name.</param>
    /// <exception cref="FailedException">They could not be completed, and are removed.</exception>
    public void CompleteBeside(string name)
    {
        try
        {
            images.Settle();
            Complete();
        }
        catch (Exception e)
        {
            // Without the manifest there is no checkpoint.
            images.Discard(keepLog: null);
            throw new FailedException($"the images of {name} could not be completed; {name} runs on.\n{e.Message}", ContainerState.RunsOn, e);
        }
    }

    /// <summary>Adds the hashes and the signature, and brings all of it to the disk. A checkpoint without hashes is one: they are of use when the images are
    /// copied, and do not keep anybody waiting for them.</summary>
    /// <param name="pause">How long the container stood still, in microseconds.</param>
    /// <exception cref="LinuxException">It may not be on the disk.</exception>
    public void Seal(long pause)
    {
        _manifest = _manifest with { PauseMicroseconds = pause };
        if (ImageHash.IsAvailable)
        {
            Attempt.Run(_shortfalls, $"the manifest has no hashes of the images{(key is null ? "" : ", or is not signed")}", () =>
            {
                var text = ManifestWriter.AddHashes(_manifest, images);
                if (key is not null)
                    images.Write(ManifestSignature.FileName, ManifestSignature.Sign(key, text));
            });
        }
        else
        {
            _shortfalls.Add("the manifest has no hashes of the images: this host has no libssl");
            Attempt.Run(_shortfalls, "the manifest does not tell the pause, and has no checksums", () => ManifestWriter.AddChecksums(_manifest, images));
        }

        images.Sync();
    }
}
