namespace LxcNative.Orchestrator.Parts.Credentials;

/// <summary>The mounts for the credentials of units.</summary>
internal sealed record CredentialsState : PartState
{
    /// <summary>Those that were taken away for the dump: empty ones.</summary>
    public IReadOnlyList<CredentialMount> Mounts { get => field ?? []; init; }
}
