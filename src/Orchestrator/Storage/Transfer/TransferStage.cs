namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>What is done of a transfer.</summary>
public enum TransferStage
{
    /// <summary>Images are written into a file: their bytes.</summary>
    Exporting,

    /// <summary>A file is taken in: its bytes.</summary>
    Importing,

    /// <summary>Images are read once, so that the digest of what will be sent is known: their bytes.</summary>
    Digesting,

    /// <summary>It is sent to a registry: its bytes, compressed.</summary>
    Pushing,

    /// <summary>It comes from a registry: its bytes, compressed.</summary>
    Pulling,
}
