namespace LxcNative.Fuzz.Targets;

/// <summary>A parser of foreign bytes.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Seeds">Inputs that it takes.</param>
/// <param name="Parse">Parses an input.</param>
/// <param name="Refusals">What it may throw for one that it does not take, with what derives from it.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Action<byte[]> Parse, params IReadOnlyList<Type> Refusals);
