using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>How the network namespace was saved; what is in it is in a file of its own, or in criu's images.</summary>
internal sealed record NetworkState : PartState
{
    /// <summary>Who saved it.</summary>
    public CaptureMode SavedBy { get; init; } = CaptureMode.Criu;

    /// <summary>Whether criu was inside of it, so that its images do not speak of one: it has to be started inside of the rebuilt one, else the container would
    /// be in the host's.</summary>
    public bool CriuInside { get; init; }

    /// <summary>Whether it belongs to the container's user namespace: criu makes an empty one there, which is then filled. What is made outside of it would
    /// not be the container's to change.</summary>
    public bool MadeByCriu { get; init; }

    /// <summary>criu's external resources for macvlan devices, where it saved them: at the dump and at the restore.</summary>
    public IReadOnlyList<string> Macvlans { get => field ?? []; init; }
}
