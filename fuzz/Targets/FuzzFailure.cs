namespace LxcNative.Fuzz.Targets;

/// <summary>What a parser must not do.</summary>
/// <param name="Input">The input that made it.</param>
/// <param name="What">What it did.</param>
internal sealed record FuzzFailure(byte[] Input, string What);
