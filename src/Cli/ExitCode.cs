namespace LxcNative.Cli;

/// <summary>The exit codes: a contract that scripts depend on.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed; a container that was to be checkpointed runs on, and nothing is left of a failed restore.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong.</summary>
    public const int Usage = 2;

    /// <summary>Refused before anything was frozen or made.</summary>
    public const int Refused = 3;

    /// <summary>Failed, and somebody has to look after it.</summary>
    public const int NeedsAttention = 4;

    /// <summary>Of diff alone: what was compared is not the same.</summary>
    public const int Different = 5;

    /// <summary>Of exec alone: the program is there, and cannot be run.</summary>
    public const int NotExecutable = 126;

    /// <summary>Of exec alone, whose other exit codes are the program's: there is no such program in the container.</summary>
    public const int NoSuchProgram = 127;
}
