namespace LxcNative.Native.Memory;

/// <summary>Which pages are looked for: those that criu would copy, of memory that is not a file's (criu/pagemap-cache.c).</summary>
internal enum PageQuery
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those that were written to since that was noted last, and those of mappings whose writes are not noted.</summary>
    Written,

    /// <summary>Those of mappings whose writes are noted that were written to; from now on they are noted again.</summary>
    WrittenNotedAgain,
}
