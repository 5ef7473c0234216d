using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>Tells whether images are those that the checkpoint wrote, byte by byte. The host they are on need not be able to restore them.</summary>
public static class ImagesVerification
{
    /// <summary>Reads all of a checkpoint.</summary>
    /// <param name="imagesDirectory">Its directory.</param>
    /// <param name="verifyKey">The file of a public key whose owner has to have signed it; null for whoever made it.</param>
    /// <exception cref="RefusedException">There is no such key.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    /// <returns>What is not as the checkpoint left it.</returns>
    public static PreflightReport Run(string imagesDirectory, string? verifyKey = null)
    {
        RootOnly.Require("reading a checkpoint");
        ManifestSignature.RequireKey(verifyKey);
        var start = MonotonicClock.Microseconds();
        var directory = DirectoryPath.Full(imagesDirectory);
        IReadOnlyList<Finding> findings;
        try
        {
            var manifest = CheckpointManifest.Read(directory);
            findings =
            [
                .. ImagesTrust.Check(directory, manifest),
                .. ImageHashes.Check(directory, manifest, verifyKey is not null),
                .. ManifestSignature.Check(directory, manifest, verifyKey),
            ];
        }
        catch (RefusedException refusal)
        {
            findings = [ImageRules.NotUsable.Found(refusal.Message)];
        }

        return new PreflightReport(directory, findings, MonotonicClock.Between(start, MonotonicClock.Microseconds()));
    }
}
