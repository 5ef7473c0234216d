using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Processes share memory, directories or signal handlers.</summary>
internal sealed class SharedByClone() : PreflightRule(new RuleDescription
{
    Id = "LXN009",
    Title = "Processes share memory, directories or signal handlers",
    Severity = FindingSeverity.Blocks,
    SeenBy = "kcmp(2) of the processes with each other",
    Why = "criu makes every process by fork, so that two processes (not threads) that share their address space, working directory or signal handlers by "
        + "clone cannot be made again. A vfork that lasts is one, too.",
    Remedy = "End one of the two processes.",
    CriuMessage = "Can't make VM id for N",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Shared.Select(shared => Found(shared.Other, $"it shares its {Name(shared.Kind)} with {shared.One.Describe()}",
            $"Can't make {Logged(shared.Kind)} id for {shared.Other.Pid}"));

    private static string Name(SharedStateKind kind) => kind switch
    {
        SharedStateKind.Memory => "address space",
        SharedStateKind.FileSystem => "root and working directory",
        _ => "signal handlers",
    };

    private static string Logged(SharedStateKind kind) => kind switch
    {
        SharedStateKind.Memory => "VM",
        SharedStateKind.FileSystem => "FS",
        _ => "IO",
    };
}
