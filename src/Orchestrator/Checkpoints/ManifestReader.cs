using System.Text.Json;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Reads manifests, those of earlier versions too.</summary>
internal static class ManifestReader
{
    private const int FirstOfParts = 3;

    /// <summary>Reads the manifest of a checkpoint.</summary>
    /// <exception cref="RefusedException">The directory is no checkpoint, or one of a newer version.</exception>
    public static CheckpointManifest Read(string imagesDirectory)
    {
        var path = Path.Combine(imagesDirectory, CheckpointManifest.FileName);
        try
        {
            return Parse(RegularFile.Read(path, ManifestText.Longest, followLinks: false), path);
        }
        catch (FileNotFoundException e)
        {
            throw new RefusedException(WithoutManifest.Describe(imagesDirectory), e);
        }
        catch (IOException e)
        {
            throw new RefusedException($"the manifest of {imagesDirectory} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a manifest's text, which goes with it.</summary>
    /// <exception cref="RefusedException">It is none, or one of a newer version.</exception>
    internal static CheckpointManifest Parse(byte[] text, string path)
    {
        try
        {
            ManifestText.Require(text);
            var version = JsonSerializer.Deserialize(text, OrchestratorJson.Default.ManifestVersion)?.Version;
            var manifest = version switch
            {
                > 0 and < FirstOfParts => JsonSerializer.Deserialize(text, OrchestratorJson.Default.FormerManifest)!.Upgrade(),
                FirstOfParts => JsonSerializer.Deserialize(text, OrchestratorJson.Default.CheckpointManifest)!,
                null => throw new RefusedException($"{path} says nothing: the checkpoint is damaged"),
                _ => throw new RefusedException(
                    $"{path} has version {version}; this version of lxcnative reads up to {CheckpointManifest.CurrentVersion}: use a newer one"),
            };
            ManifestCheck.Require(manifest);
            return manifest with { Text = text };
        }
        catch (JsonException e)
        {
            throw new RefusedException($"{path} is damaged or not of lxcnative: {e.Message}", e);
        }
    }
}
