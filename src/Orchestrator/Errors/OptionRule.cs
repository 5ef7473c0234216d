namespace LxcNative.Orchestrator.Errors;

/// <summary>What the options of several runs have in common to be wrong about. Each throws <see cref="InvalidOptionException"/>.</summary>
internal static class OptionRule
{
    private const int LongestName = 255, LongestPath = 4095;

    /// <summary>criu makes its log in the images directory, beside the images and what describes them.</summary>
    public static void LogFile(string option, string name)
    {
        if (name.Length is 0 or > LongestName || name is "." or ".." || name.Contains('/', StringComparison.Ordinal) || HasControl(name))
            throw new InvalidOptionException(option, $"\"{name}\" is no plain file name: the file is made in the images directory");
        if (name.EndsWith(".img", StringComparison.Ordinal) || name.StartsWith("lxcnative", StringComparison.Ordinal)
            || name.StartsWith("stats-", StringComparison.Ordinal))
            throw new InvalidOptionException(option, $"\"{name}\" is the name of an image: choose another");
    }

    /// <summary>criu's levels.</summary>
    public static void Verbosity(string option, int level)
    {
        if (level is < 0 or > 4)
            throw new InvalidOptionException(option, $"{level} is no level from 0 to 4");
    }

    /// <summary>A path, where one is given.</summary>
    public static void Path(string option, string? path)
    {
        if (path is not null && (path.Length is 0 or > LongestPath || path.Contains('\0', StringComparison.Ordinal)))
            throw new InvalidOptionException(option, path.Length == 0 ? "an empty text is no path" : "it is no path");
    }

    /// <summary>External resources, in criu's syntax: <c>TYPE[KEY]</c>, with <c>:VALUE</c> or without.</summary>
    public static void Externals(string option, IEnumerable<string> resources)
    {
        foreach (var resource in resources)
        {
            var open = resource.IndexOf('[', StringComparison.Ordinal);
            if (open <= 0 || resource.IndexOf(']', open) <= open + 1 || HasControl(resource))
                throw new InvalidOptionException(option, $"\"{resource}\" is no external resource, such as mnt[/data]:data or unix[12345]");
        }
    }

    /// <summary>A value that the enumeration has.</summary>
    public static void Word<T>(string option, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw new InvalidOptionException(option, $"{value} is none of {string.Join(", ", Enum.GetNames<T>())}");
    }

    /// <summary>A program, where one is given: found out before anything waits for it.</summary>
    public static void Program(string option, string? path)
    {
        Path(option, path);
        const UnixFileMode executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (path is not null && (!File.Exists(path) || (File.GetUnixFileMode(path) & executable) == 0))
            throw new InvalidOptionException(option, $"\"{path}\" is no program: a path of an executable file is needed");
    }

    /// <summary>A time to wait, where one is given.</summary>
    public static void Patience(string option, TimeSpan? time)
    {
        if (time is { } given && (given <= TimeSpan.Zero || given > TimeSpan.FromDays(1)))
            throw new InvalidOptionException(option, $"{given.TotalSeconds:0.###} is no time of up to a day");
    }

    private static bool HasControl(string text) => text.Any(char.IsControl);
}
