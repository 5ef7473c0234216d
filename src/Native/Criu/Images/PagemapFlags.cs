namespace LxcNative.Native.Criu.Images;

/// <summary>What is known of pages (criu/include/pagemap.h).</summary>
[Flags]
internal enum PagemapFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>PE_PARENT: they are in an earlier image.</summary>
    InParent = 1,

    /// <summary>PE_LAZY: they may be read when they are asked for.</summary>
    Lazy = 2,

    /// <summary>PE_PRESENT: they are in this image.</summary>
    Present = 4,
}
