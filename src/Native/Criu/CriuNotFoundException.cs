namespace LxcNative.Native.Criu;

/// <summary>criu or libcriu is missing, or is not usable. The message names every place that was looked at.</summary>
public sealed class CriuNotFoundException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="what">What was looked for.</param>
    /// <param name="places">Every place looked at, with what was seen there, in order.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="inner">Why the last candidate failed, where there was one.</param>
    public CriuNotFoundException(string what, IReadOnlyList<string> places, string remedy = "", Exception? inner = null)
        : base($"{what}. Looked at: {string.Join("; ", places)}. {remedy}".TrimEnd(), inner)
    {
        What = what;
        Places = places;
    }

    /// <summary>What was looked for.</summary>
    public string What { get; }

    /// <summary>Every place looked at, with what was seen there.</summary>
    public IReadOnlyList<string> Places { get; }
}
