namespace LxcNative.Native.Memory;

/// <summary>Which pages are looked for: those that criu would copy, of memory that is not a file's (criu/pagemap-cache.c).</summary>
internal enum PageQuery
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those of a part whose writes are noted that were written to since they were noted last.</summary>
    Written,

    /// <summary>The same; from now on they are noted again.</summary>
    WrittenNotedAgain,
}
