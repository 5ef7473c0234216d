namespace LxcNative.Orchestrator.Parts.Credentials;

/// <summary>Tells criu that the mounts come from outside.</summary>
internal sealed class CredentialsSaving(CredentialsState state) : StateSaving(state)
{
    private readonly CredentialsState _state = state;

    /// <inheritdoc />
    public override IEnumerable<string> Externals => _state.Mounts.Select((mount, number) => $"mnt[{mount.MountPoint}]:{CredentialsState.Key(number)}");
}
