namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>What an exported checkpoint is compressed with; a reader finds it out by itself.</summary>
public enum ArchiveCompression
{
    /// <summary>zstd.</summary>
    Zstd,

    /// <summary>gzip: older readers know it.</summary>
    Gzip,

    /// <summary>Nothing: as long as the images.</summary>
    None,
}
