namespace LxcNative.Orchestrator.Preparation.Templates;

/// <summary>A container that was made.</summary>
/// <param name="Directory">Its directory, with the configuration.</param>
/// <param name="Root">Its root file system.</param>
internal sealed record CreationRecord(string Directory, string Root);
