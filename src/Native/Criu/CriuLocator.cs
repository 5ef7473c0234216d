namespace LxcNative.Native.Criu;

/// <summary>Looks for the files of criu, in order, and remembers where it looked.</summary>
internal static class CriuLocator
{
    public static (string Path, CriuOrigin Origin) FindProgram(CriuSearch search)
    {
        if (search.CriuPath is { } option)
            return (Named(search, option, isProgram: true, "the option"), CriuOrigin.Option);
        if (Variable(search, search.ProgramVariable) is { } variable)
            return (Named(search, variable, isProgram: true, search.ProgramVariable!), CriuOrigin.Environment);

        var places = new List<string> { "the option: not given" };
        if (search.ProgramVariable is not null)
            places.Add($"{search.ProgramVariable}: not set");
        if (NewestOf(search.Prefix, "bin/criu", IsProgram) is { } installed)
            return (installed, CriuOrigin.Prefix);
        if (search.Prefix is not null)
            places.Add($"{search.Prefix}/criu-*/bin/criu: none");

        var directories = (search.Variable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        foreach (var directory in directories.Where(Path.IsPathRooted))
        {
            if (Path.Combine(directory, "criu") is var candidate && IsProgram(candidate))
                return (candidate, CriuOrigin.System);
        }
        places.Add($"PATH: none in {string.Join(' ', directories)}");
        throw new CriuNotFoundException("criu was not found", places, search.Remedy);
    }

    /// <summary>The library of the same build as the program, where there is one.</summary>
    public static (string Path, CriuOrigin Origin) FindLibrary(CriuSearch search, string program)
    {
        if (search.LibCriuPath is { } option)
            return (Named(search, option, isProgram: false, "the option"), CriuOrigin.Option);
        if (Variable(search, search.LibraryVariable) is { } variable)
            return (Named(search, variable, isProgram: false, search.LibraryVariable!), CriuOrigin.Environment);
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

    private static string? Variable(CriuSearch search, string? name) => name is not null && search.Variable(name) is { Length: > 0 } value ? value : null;

    private static string Named(CriuSearch search, string path, bool isProgram, string by)
    {
        var full = Path.GetFullPath(path);
        var what = isProgram ? "criu was not found" : "libcriu was not found";
        if (!File.Exists(full))
            throw new CriuNotFoundException(what, [$"{by}: {full} (no such file)"], search.Remedy);
        return !isProgram || IsProgram(full) ? full : throw new CriuNotFoundException(what, [$"{by}: {full} (not executable)"], search.Remedy);
    }

    private static string? NewestOf(string? prefix, string file, Func<string, bool> isUsable)
    {
        if (prefix is null || !Directory.Exists(prefix))
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
