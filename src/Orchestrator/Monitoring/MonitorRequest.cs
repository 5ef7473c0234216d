using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.InPlace;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>What a monitor is asked to restore: everything is decided, the monitor only carries it out.</summary>
/// <param name="Plan">What was decided.</param>
/// <param name="CriuPath">The criu to use.</param>
/// <param name="CriuVersion">Its version.</param>
/// <param name="LibCriuPath">Its library.</param>
/// <param name="Kerndat">What criu knows of the kernel; null where it has to probe it.</param>
internal sealed record MonitorRequest(RestorePlan Plan, string CriuPath, string CriuVersion, string LibCriuPath, byte[]? Kerndat)
{
    /// <summary>The process that is asked, which in a pid namespace of its own does not know how the host sees it; null where it has none.</summary>
    public ProcessIdentity? Owner { get; init; }

    /// <summary>What is taken over from the checkpoint of a container that comes back in place; null where images alone are restored.</summary>
    public Takeover? Takeover { get; init; }
}
