namespace LxcNative.Native.Criu;

/// <summary>Where to look for criu. In this order: the option, the variable, the newest version below the prefix, PATH (for the library: beside
/// the program, below the prefix, the system's loader). What is null is not looked at.</summary>
public sealed record CriuSearch
{
    /// <summary>The criu to use; nothing else is looked at.</summary>
    public string? CriuPath { get; init; }

    /// <summary>The libcriu to use; nothing else is looked at.</summary>
    public string? LibCriuPath { get; init; }

    /// <summary>A variable of the environment that names the criu to use.</summary>
    public string? ProgramVariable { get; init; }

    /// <summary>A variable of the environment that names the libcriu to use.</summary>
    public string? LibraryVariable { get; init; }

    /// <summary>A directory that holds versions of criu: <c>criu-VERSION/bin/criu</c> and <c>criu-VERSION/libcriu/libcriu.so.2</c>.</summary>
    public string? Prefix { get; init; }

    /// <summary>A directory below /run that is the caller's own. What criu found out of the kernel is kept in its <c>criu</c> until the next boot,
    /// root's alone; without one criu is asked every time.</summary>
    public string? RunDirectory { get; init; }

    /// <summary>What to do when there is none: the last sentence of the exception.</summary>
    public string Remedy { get; init; } = "Install criu 4.1 or later.";

    /// <summary>Reads a variable of the environment.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}
