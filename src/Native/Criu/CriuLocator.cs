namespace LxcNative.Native.Criu;

/// <summary>Looks for the files of criu, in order, and remembers where it looked.</summary>
internal static class CriuLocator
{
    public static (string Path, CriuOrigin Origin) FindProgram(CriuSearch search)
    {
        if (search.CriuPath is { } option)
            return (Named(option, "criu", "the option"), CriuOrigin.Option);
        if (search.Variable("LXCNATIVE_CRIU") is { Length: > 0 } variable)
            return (Named(variable, "criu", "LXCNATIVE_CRIU"), CriuOrigin.Environment);

        var places = new List<string> { "the option: not given", "LXCNATIVE_CRIU: not set" };
        if (NewestOf(search.Prefix, "bin/criu", IsProgram) is { } installed)
            return (installed, CriuOrigin.Prefix);
        places.Add($"{search.Prefix}/criu-*/bin/criu: none");

        var directories = (search.Variable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        foreach (var directory in directories.Where(Path.IsPathRooted))
        {
            if (Path.Combine(directory, "criu") is var candidate && IsProgram(candidate))
                return (candidate, CriuOrigin.System);
        }
        places.Add($"PATH: none in {string.Join(' ', directories)}");
        throw new CriuNotFoundException("criu was not found", places);
    }

    /// <summary>The library of the same build as the program, where there is one.</summary>
    public static (string Path, CriuOrigin Origin) FindLibrary(CriuSearch search, string program)
    {
        if (search.LibCriuPath is { } option)
            return (Named(option, "libcriu", "the option"), CriuOrigin.Option);
        if (search.Variable("LXCNATIVE_LIBCRIU") is { Length: > 0 } variable)
            return (Named(variable, "libcriu", "LXCNATIVE_LIBCRIU"), CriuOrigin.Environment);
        var beside = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(program)!, "..", "libcriu", LibCriu.Soname));
        if (File.Exists(beside))
            return (beside, CriuOrigin.Prefix);
        return NewestOf(search.Prefix, $"libcriu/{LibCriu.Soname}", File.Exists) is { } installed
            ? (installed, CriuOrigin.Prefix)
            : (LibCriu.Soname, CriuOrigin.System);
    }

    /// <summary>Whether there is a file that somebody may execute.</summary>
    public static bool IsProgram(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    private static string Named(string path, string what, string by)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new CriuNotFoundException($"{what} was not found", [$"{by}: {full} (no such file)"]);
        return what != "criu" || IsProgram(full) ? full : throw new CriuNotFoundException($"{what} was not found", [$"{by}: {full} (not executable)"]);
    }

    private static string? NewestOf(string prefix, string file, Func<string, bool> isUsable)
    {
        if (!Directory.Exists(prefix))
            return null;
        return Directory.EnumerateDirectories(prefix, "criu-*")
            .Select(directory => (Path: Path.Combine(directory, file), Version: VersionOf(Path.GetFileName(directory))))
            .Where(candidate => isUsable(candidate.Path))
            .OrderByDescending(candidate => candidate.Version)
            .ThenByDescending(candidate => candidate.Path, StringComparer.Ordinal)
            .Select(candidate => candidate.Path)
            .FirstOrDefault();
    }

    private static Version VersionOf(string directory) =>
        Version.TryParse(directory["criu-".Length..], out var version) ? version : new Version(0, 0);
}
