namespace LxcNative.Orchestrator.Parts.Tmpfs.Format;

/// <summary>What a record of a tmpfs image is.</summary>
internal enum TmpfsEntryKind : byte
{
    /// <summary>The end of the image.</summary>
    End = 0,

    /// <summary>A file of any type, with everything that belongs to it.</summary>
    File = 1,

    /// <summary>Another name of a file that came before.</summary>
    HardLink = 2,
}
