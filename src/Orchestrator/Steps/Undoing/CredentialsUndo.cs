using LxcNative.Orchestrator.Parts.Credentials;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Makes the mounts for the credentials of a container's units again, which its checkpoint had taken away.</summary>
/// <param name="Init">The container's init, as the host sees it.</param>
/// <param name="StartTime">When that started: its pid may be another's since.</param>
/// <param name="Mounts">The mounts.</param>
internal sealed record CredentialsUndo(int Init, ulong StartTime, IReadOnlyList<CredentialMount> Mounts) : InitUndo(Init, StartTime)
{
    /// <inheritdoc />
    public override string What => string.Join(", ", Mounts.Select(mount => mount.MountPoint));

    /// <inheritdoc />
    protected override void GiveBack()
    {
        if (CredentialMounts.GiveBack(Init, Mounts) is [var trouble, ..])
            throw new IOException(trouble);
    }
}
