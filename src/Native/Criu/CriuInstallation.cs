using System.Text;
using LxcNative.Native.Errors;

namespace LxcNative.Native.Criu;

/// <summary>The criu of this machine and the libcriu that goes with it.</summary>
/// <param name="CriuPath">The program, absolute.</param>
/// <param name="CriuOrigin">Where it was found.</param>
/// <param name="CriuVersion">What the program itself says.</param>
/// <param name="Library">The library, loaded.</param>
/// <param name="LibraryOrigin">Where it was found.</param>
public sealed record CriuInstallation(string CriuPath, CriuOrigin CriuOrigin, Version CriuVersion, LibCriu Library, CriuOrigin LibraryOrigin)
{
    /// <summary>The library's path, or its bare name when the system's loader found it.</summary>
    public string LibCriuPath => Library.Path;

    /// <summary>The newest version whose functions the library has; it does not say its own.</summary>
    public Version? LibCriuVersion => Library.OldestPossibleVersion;

    /// <summary>The caller's own directory below /run, of the search (<see cref="CriuSearch.RunDirectory"/>).</summary>
    public string? RunDirectory { get; init; }

    private const string VersionRecord = "version";

    /// <summary>Finds criu and libcriu, loads the one and asks the other for its version: root once per boot, where there is a
    /// <see cref="CriuSearch.RunDirectory"/> to keep the answer in.</summary>
    /// <remarks>A place that was named but does not hold criu is an error; it is not passed over in silence.</remarks>
    /// <exception cref="CriuNotFoundException">Nothing usable was found.</exception>
    public static CriuInstallation Find(CriuSearch? search = null)
    {
        search ??= new CriuSearch();
        var (path, origin) = CriuLocator.FindProgram(search);
        if (!Version.TryParse(Encoding.ASCII.GetString(CriuRecord.TryRead(search.RunDirectory, path, VersionRecord) ?? []), out var version))
        {
            using var worker = Start(search, path, warm: false);
            version = worker.Version!;
        }

        return With(search, path, origin, version);
    }

    /// <summary>Finds criu and libcriu like <see cref="Find"/>, and keeps the criu that was asked: it has probed the kernel, where it can
    /// keep what it finds out (<see cref="CriuKerndat"/>), and waits for a dump.</summary>
    /// <returns>The worker is the caller's to dispose.</returns>
    /// <exception cref="CriuNotFoundException">Nothing usable was found.</exception>
    public static (CriuInstallation Installation, CriuWorker Worker) Start(CriuSearch? search = null)
    {
        search ??= new CriuSearch();
        var (path, origin) = CriuLocator.FindProgram(search);
        // Where criu cannot keep what it finds out, finding out is for nothing.
        var worker = Start(search, path, warm: CriuKerndat.IsKeptByCriu);
        try
        {
            return (With(search, path, origin, worker.Version!), worker);
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>The criu and the libcriu at these paths, found before: no program is started.</summary>
    /// <exception cref="CriuNotFoundException">The library cannot be loaded.</exception>
    public static CriuInstallation At(string criuPath, Version version, string libCriuPath) =>
        new(criuPath, CriuOrigin.Option, version, LibCriu.Load(libCriuPath), CriuOrigin.Option);

    private static CriuInstallation With(CriuSearch search, string path, CriuOrigin origin, Version version)
    {
        var (library, libraryOrigin) = CriuLocator.FindLibrary(search, path);
        return new CriuInstallation(path, origin, version, LibCriu.Load(library), libraryOrigin) { RunDirectory = search.RunDirectory };
    }

    private static CriuWorker Start(CriuSearch search, string path, bool warm)
    {
        CriuWorker? worker = null;
        try
        {
            worker = CriuWorker.Start(path);
            if (warm)
                worker.Warm();
            else
                worker.AskVersion();
            _ = CriuRecord.TryKeep(search.RunDirectory, path, VersionRecord, Encoding.ASCII.GetBytes(worker.Version!.ToString()));
            return worker;
        }
        catch (LinuxException failure)
        {
            worker?.Dispose();
            throw new CriuNotFoundException($"{path} is not a usable criu: {failure.Message}", [path], search.Remedy, failure);
        }
    }

    /// <summary>The configuration files that criu reads on its own and that are present: they change what criu does behind the caller's back.</summary>
    public static IReadOnlyList<string> DefaultConfigFiles() => DefaultConfigFiles(Environment.GetEnvironmentVariable);

    internal static IReadOnlyList<string> DefaultConfigFiles(Func<string, string?> variable)
    {
        var files = new List<string> { "/etc/criu/default.conf" };
        if (variable("HOME") is { Length: > 0 } home)
            files.Add(Path.Combine(home, ".criu/default.conf"));
        if (variable("CRIU_CONFIG_FILE") is { Length: > 0 } file)
            files.Add(file);
        return [.. files.Where(File.Exists)];
    }
}
