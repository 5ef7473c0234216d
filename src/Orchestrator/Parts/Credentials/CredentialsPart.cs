using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Credentials;

/// <summary>The empty file systems that systemd mounts for the credentials of units: for criu they come from outside, where the restore makes them
/// anew.</summary>
internal sealed class CredentialsPart() : Part<CredentialsState>(CredentialsPartJson.Default.CredentialsState)
{
    /// <inheritdoc />
    public override string Name => "credentials";

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new CredentialsSaving(new CredentialsState
    {
        Mounts =
        [
            .. context.Container.Mounts
                .Where(mount => mount.Kind == ContainerMountKind.Unsupported && CredentialMount.IsMadeAnew(mount, context.Snapshot))
                .Select(mount => CredentialMount.Of(context.Container.InitPid, mount.Entry)),
        ],
    });

    /// <inheritdoc />
    protected override PartReturn Return(CredentialsState state, ReturnContext context) =>
        new CredentialsReturn(state, Path.Combine(context.Place, "credentials"));
}
