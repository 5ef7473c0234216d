using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Parts.Namespaces;

/// <summary>The namespaces inside of the container: those of mounts and networks are in criu's images, others are dumped as the container's own where that
/// makes no difference.</summary>
internal sealed class NamespacesPart() : Part<NamespacesState>(NamespacesPartJson.Default.NamespacesState)
{
    /// <inheritdoc />
    public override string Name => "namespaces";

    /// <inheritdoc />
    public override IReadOnlyList<PreflightRule> Obstacles => [new NestedNamespace()];

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => NamespacesSaving.Prepare(context.Snapshot);

    /// <inheritdoc />
    protected override PartReturn Return(NamespacesState state, ReturnContext context) => new NamespacesReturn();
}
