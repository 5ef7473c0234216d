namespace LxcNative.Orchestrator.Archives;

/// <summary>What an entry has that System.Formats.Tar does not hand on unharmed.</summary>
/// <param name="Attributes">Extended attributes (SCHILY.xattr), whose values are any bytes.</param>
/// <param name="Sparse">The map of an old GNU sparse file; null for another.</param>
internal sealed record TarExtras(IReadOnlyList<(byte[] Name, byte[] Value)> Attributes, SparseMap? Sparse);
