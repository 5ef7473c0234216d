using LxcNative.Native.Criu;

namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>libcriu is older than criu.</summary>
internal sealed class FunctionMissing() : HostRule(new RuleDescription
{
    Id = "LXN103",
    Title = "libcriu is older than criu",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Symbols of libcriu",
    Why = "A function that libcriu has not got is an option that cannot be set. Without criu_local_set_network_lock criu would lock the network itself.",
    Remedy = "Use the libcriu of the same version as criu (--libcriu).",
})
{
    private static readonly CriuFeature[] Needed = [CriuFeature.NetworkLock, CriuFeature.OrphanPtsMaster];

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.MissingFunctions.Count == 0 ? []
            : [Found($"{host.Criu!.LibCriuPath} has not got: {string.Join(", ", host.MissingFunctions)}", null,
            host.MissingFunctions.Any(Needed.Contains) ? FindingSeverity.Blocks : FindingSeverity.Note)];
}
