using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Engines.Lxc;

namespace LxcNative.Orchestrator.Parts.Engine;

/// <summary>Asks the container's monitor, while the container runs.</summary>
internal sealed class EngineSaving(string lxcPath, string name) : PartSaving
{
    private readonly Task<IReadOnlyDictionary<string, string>> _asking = Task.Run(() => RunningItems.Read(lxcPath, name));

    /// <inheritdoc />
    public override PartState State => new EngineState { Configuration = _asking.GetAwaiter().GetResult() };

    /// <inheritdoc />
    public override void Begin(ImageDirectory images) => _asking.GetAwaiter().GetResult();

    /// <inheritdoc />
    protected override void Close() => _asking.GetAwaiter().GetResult();
}
