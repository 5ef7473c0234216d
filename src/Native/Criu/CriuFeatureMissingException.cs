using LxcNative.Native.Errors;

namespace LxcNative.Native.Criu;

/// <summary>The libcriu on this machine is too old for an option that was asked for.</summary>
public sealed class CriuFeatureMissingException : LinuxException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="symbol">The function of libcriu that is missing or refuses.</param>
    /// <param name="introduced">The version that brought it; null where that is unknown.</param>
    /// <param name="library">The library that was loaded.</param>
    public CriuFeatureMissingException(string symbol, Version? introduced, string library)
        : base($"{library} has no {symbol}" + (introduced is null ? "" : $": libcriu {introduced} or later is needed"), Errno.ENOSYS)
    {
        Symbol = symbol;
        Introduced = introduced;
        Library = library;
    }

    /// <summary>The function of libcriu.</summary>
    public string Symbol { get; }

    /// <summary>The version that brought it.</summary>
    public Version? Introduced { get; }

    /// <summary>The library that was loaded.</summary>
    public string Library { get; }
}
