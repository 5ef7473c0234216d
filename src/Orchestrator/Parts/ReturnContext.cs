using LxcNative.Native.Handles;
using LxcNative.Orchestrator.InPlace;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Parts;

/// <summary>What parts have to know, and what they share, to come back.</summary>
/// <param name="Plan">What was decided.</param>
/// <param name="EmptyNetwork">The network namespace that the container gets.</param>
/// <param name="Images">Mended copies of images.</param>
/// <param name="Place">A directory for mount points, this restore's own.</param>
/// <param name="Recorder">Told what takes how long.</param>
internal sealed record ReturnContext(RestorePlan Plan, EmptyNetwork EmptyNetwork, MendedImages Images, string Place, SpanRecorder Recorder)
{
    /// <summary>The network that outlived the container; null where another is made.</summary>
    public TakenNetwork? Kept { get; init; }

    /// <summary>The host's mount namespace, where the administrator's scripts are run; stays the restore's. Null in a rehearsal.</summary>
    public FileDescriptor? HostMounts { get; init; }

    /// <summary>The host's network namespace, which the thread that calls criu may have left; stays the restore's. Null in a rehearsal.</summary>
    public FileDescriptor? HostNetwork { get; init; }
}
