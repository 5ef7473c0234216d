namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>A container's root file system that went with its checkpoint.</summary>
/// <param name="Path">Where it is on this host.</param>
/// <param name="Files">How many files were written, directories and links too.</param>
/// <param name="Bytes">How long they are together in the archive, before it was compressed.</param>
/// <param name="Changed">How many of them were changed since the checkpoint: what is in the container's memory may not fit them.</param>
/// <param name="FirstChanged">One of those, as the container sees it; null for none.</param>
public sealed record ExportedRoot(string Path, long Files, long Bytes, long Changed, string? FirstChanged);
