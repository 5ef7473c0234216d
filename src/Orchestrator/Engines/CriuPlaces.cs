using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Engines;

/// <summary>Where this product keeps and looks for criu.</summary>
public static class CriuPlaces
{
    /// <summary>LXCNATIVE_CRIU and LXCNATIVE_LIBCRIU, then the newest /opt/lxcnative/criu-VERSION (eng/setup), then PATH and the system's loader.
    /// To be changed by <c>with</c>: <c>CriuPlaces.Usual with { CriuPath = "/usr/sbin/criu" }</c>.</summary>
    public static CriuSearch Usual { get; } = new()
    {
        ProgramVariable = "LXCNATIVE_CRIU",
        LibraryVariable = "LXCNATIVE_LIBCRIU",
        Prefix = "/opt/lxcnative",
        RunDirectory = RunDirectory.Path,
        Remedy = "Run eng/setup, or install criu 4.1 or later.",
    };
}
