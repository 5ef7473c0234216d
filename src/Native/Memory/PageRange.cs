namespace LxcNative.Native.Memory;

/// <summary>Pages that follow one another.</summary>
/// <param name="Start">The address of the first.</param>
/// <param name="End">The address behind the last.</param>
internal readonly record struct PageRange(ulong Start, ulong End)
{
    /// <summary>The bytes of a page.</summary>
    public const int PageBytes = 4096;

    /// <summary>The bytes.</summary>
    public long Length => (long)(End - Start);
}
