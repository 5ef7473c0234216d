namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What a manifest of any version says first.</summary>
/// <param name="Version">The version of its layout.</param>
internal sealed record ManifestVersion(int Version);
