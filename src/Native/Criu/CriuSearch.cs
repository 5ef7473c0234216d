namespace LxcNative.Native.Criu;

/// <summary>Where to look for criu.</summary>
public sealed record CriuSearch
{
    /// <summary>The criu to use; nothing else is looked at.</summary>
    public string? CriuPath { get; init; }

    /// <summary>The libcriu to use; nothing else is looked at.</summary>
    public string? LibCriuPath { get; init; }

    /// <summary>Where eng/setup puts versions of criu.</summary>
    internal string Prefix { get; init; } = "/opt/lxcnative";

    /// <summary>Reads a variable of the environment.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}
