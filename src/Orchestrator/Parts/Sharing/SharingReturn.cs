using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Sharing;

/// <summary>Has criu make them without, and puts them into their groups once the container runs.</summary>
internal sealed class SharingReturn(SlaveMounts slaves) : PartReturn
{
    private readonly List<string> _shortfalls = [];

    /// <inheritdoc />
    public override IEnumerable<Step> Steps => [new Step("mounts that receive from one group", slaves.TakeApart)];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => _shortfalls;

    /// <inheritdoc />
    public override void Running(int init) => _shortfalls.AddRange(slaves.GiveBack(init));
}
