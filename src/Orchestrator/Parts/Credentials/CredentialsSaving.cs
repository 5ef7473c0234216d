using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight.Remedies;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Parts.Credentials;

/// <summary>Takes the mounts away before the freeze, and makes them again in a container that runs on.</summary>
internal sealed class CredentialsSaving : SetAsideSaving
{
    private readonly IReadOnlyList<CredentialMount> _mounts;

    private CredentialsSaving(Container container, IReadOnlyList<CredentialMount> mounts)
        : base(container) => _mounts = mounts;

    /// <inheritdoc />
    public override PartState State => new CredentialsState { Mounts = _mounts };

    /// <summary>Takes them away.</summary>
    /// <exception cref="RefusedException">One is in use; all are there again.</exception>
    public static CredentialsSaving Prepare(Container container, IReadOnlyList<ContainerMount> mounts)
    {
        var saving = new CredentialsSaving(container, [.. mounts.Select(mount => CredentialMount.Of(mount.Entry))]);
        if (mounts.Count > 0)
            saving.Take<SyscallException>("mounts for credentials", new CredentialsUndo(container.InitPid, container.InitStartTime, saving._mounts), () =>
            {
                using var inside = Namespace.Open(container.InitPid, NamespaceKind.Mount);
                foreach (var mount in mounts)
                    MountRemedy.Unmount(container.InitPid, inside, mount.Entry);
            });
        return saving;
    }

    /// <inheritdoc />
    protected override IReadOnlyList<string> Return() => CredentialMounts.GiveBack(Container.InitPid, _mounts);
}
