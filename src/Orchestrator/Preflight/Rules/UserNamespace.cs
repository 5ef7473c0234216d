using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>A user namespace of the container's own.</summary>
internal sealed class UserNamespace() : PreflightRule(new RuleDescription
{
    Id = "LXN097",
    Title = "User namespace of its own",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "/proc/INIT/ns/user compared with ours",
    Why = "criu dumps an unprivileged container (lxc.idmap), but restores it as the container’s root, who may not read images that are root’s alone. The "
        + "container would be gone, and could not be brought back.",
    Remedy = "Run it as a privileged container, without lxc.idmap, until this is supported.",
    CriuMessage = "Unable to open tty-info.img: Permission denied",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(PreflightSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Container.HasUserNamespace ? [Found("its user namespace is not the host’s (lxc.idmap)", Description.CriuMessage)] : [];
}
