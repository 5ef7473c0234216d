namespace LxcNative.Native.Files;

/// <summary>A time of a file, as exact as the kernel has it.</summary>
/// <param name="Seconds">Since 1970, before it negative.</param>
/// <param name="Nanoseconds">Of that second.</param>
internal readonly record struct FileTimestamp(long Seconds, uint Nanoseconds);
