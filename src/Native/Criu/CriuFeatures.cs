namespace LxcNative.Native.Criu;

/// <summary>What this criu can do on this kernel.</summary>
/// <param name="MemoryTracking">Changed pages can be told from unchanged ones (soft-dirty or PAGEMAP_SCAN).</param>
/// <param name="LazyPages">Memory can follow after a restore (userfaultfd).</param>
/// <param name="PidfdStore">Pidfds can be kept across pre-dumps.</param>
public sealed record CriuFeatures(bool MemoryTracking, bool LazyPages, bool PidfdStore);
