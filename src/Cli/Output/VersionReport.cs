using System.Reflection;
using LxcNative.Native.Criu;
using LxcNative.Native.Procfs;

namespace LxcNative.Cli.Output;

/// <summary>The versions of everything involved.</summary>
/// <param name="Version">Of this command.</param>
/// <param name="Kernel">The running kernel's release.</param>
/// <param name="Criu">The criu program; null when there is none.</param>
/// <param name="Libcriu">libcriu; null when there is none.</param>
/// <param name="Problem">Why one is missing; null when none is.</param>
internal sealed record VersionReport(string Version, string Kernel, VersionReport.Part? Criu, VersionReport.Part? Libcriu, string? Problem)
{
    /// <summary>Looks for criu and libcriu.</summary>
    public static VersionReport Collect(CriuSearch search)
    {
        var version = typeof(VersionReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var kernel = KernelRelease.Read();
        try
        {
            var found = CriuInstallation.Find(search);
            return new VersionReport(version, kernel, new Part(found.CriuVersion?.ToString(), found.CriuPath),
                new Part(found.CriuVersion?.ToString(), found.LibCriuPath), null);
        }
        catch (CriuNotFoundException e)
        {
            return new VersionReport(version, kernel, null, null, e.Message);
        }
    }

    /// <summary>A program or library.</summary>
    /// <param name="Version">Its version, where it tells.</param>
    /// <param name="Path">Where it was found.</param>
    internal sealed record Part(string? Version, string Path);
}
