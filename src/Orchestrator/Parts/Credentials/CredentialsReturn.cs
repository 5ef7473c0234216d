namespace LxcNative.Orchestrator.Parts.Credentials;

/// <summary>Makes the mounts again, once the container runs.</summary>
internal sealed class CredentialsReturn(CredentialsState state) : PartReturn
{
    private readonly List<string> _shortfalls = [];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => _shortfalls;

    /// <inheritdoc />
    public override void Running(int init)
    {
        if (state.Mounts.Count > 0)
            _shortfalls.AddRange(CredentialMounts.GiveBack(init, state.Mounts));
    }
}
