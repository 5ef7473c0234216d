namespace LxcNative.Native.Procfs;

/// <summary>A range of an <see cref="IdMap"/>.</summary>
/// <param name="Inside">The first id as the user namespace has it.</param>
/// <param name="Outside">The same outside of it.</param>
/// <param name="Count">How many.</param>
internal readonly record struct IdRange(uint Inside, uint Outside, uint Count);
