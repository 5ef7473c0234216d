using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Credentials;

/// <summary>The empty file systems that systemd mounts for the credentials of units: they are taken away while it is dumped, and made again when it
/// runs.</summary>
internal sealed class CredentialsPart() : Part<CredentialsState>(CredentialsPartJson.Default.CredentialsState)
{
    /// <inheritdoc />
    public override string Name => "credentials";

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => CredentialsSaving.Prepare(
        context.Container,
        [.. context.Container.Mounts.Where(mount => mount.Kind == ContainerMountKind.Unsupported && CredentialMount.IsSetAside(mount, context.Snapshot))]);

    /// <inheritdoc />
    protected override PartReturn Return(CredentialsState state, ReturnContext context) => new CredentialsReturn(state);
}
