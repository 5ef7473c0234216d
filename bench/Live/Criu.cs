using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Engines;

namespace LxcNative.Bench.Live;

/// <summary>The criu that all ways use.</summary>
internal static class Criu
{
    private static readonly CriuInstallation Installation = CriuInstallation.Find(CriuPlaces.Usual);

    public static string Path => Installation.CriuPath;

    public static string Directory => System.IO.Path.GetDirectoryName(Path)!;

    public static string Version => Installation.CriuVersion.ToString();
}
