using System.Text;
using System.Text.RegularExpressions;

namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>A program that criu would run. It is looked at, never executed.</summary>
/// <param name="Name">What criu looks for.</param>
/// <param name="Path">Where it was found; null when nowhere.</param>
/// <param name="Version">Its version, where its bytes tell.</param>
/// <param name="IsBusyBox">Whether it is BusyBox's, which lacks what criu asks of it.</param>
internal sealed partial record ProgramObservation(string Name, string? Path, Version? Version, bool IsBusyBox)
{
    private const int MostBytes = 32 << 20;

    /// <summary>Looks for a program where criu would: beside criu, and in the system's directories.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="directories">Where to look.</param>
    /// <param name="named">The path that somebody named instead; null for none.</param>
    public static ProgramObservation Look(string name, IEnumerable<string> directories, string? named = null)
    {
        var path = named ?? directories.Select(directory => System.IO.Path.Combine(directory, name)).FirstOrDefault(File.Exists);
        if (path is null || !File.Exists(path) || new FileInfo(path).Length > MostBytes)
            return new ProgramObservation(name, File.Exists(path) ? path : null, null, false);
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        return new ProgramObservation(name, path, VersionIn(text), text.Contains("BusyBox v", StringComparison.Ordinal));
    }

    /// <summary>The version among a program's constants: the highest of what looks like one, since libraries leave theirs, too; or by the date of an old
    /// snapshot.</summary>
    internal static Version? VersionIn(string text)
    {
        // Until 5.x iproute2 told a date: 3.6.0 is of 1 October 2012.
        if (Snapshot().Match(text) is { Success: true } snapshot)
            return string.CompareOrdinal(snapshot.Groups[1].Value, "121001") >= 0 ? new Version(3, 6, 0) : new Version(3, 5, 0);
        return Number().Matches(text).Select(match => System.Version.TryParse(match.Groups[1].Value, out var version) ? version : null).Max();
    }

    [GeneratedRegex(@"iproute2-ss(\d{6})")]
    private static partial Regex Snapshot();

    [GeneratedRegex(@"\0(\d{1,2}\.\d{1,2}\.\d{1,2})(?=\0)")]
    private static partial Regex Number();
}
