using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Timers;

/// <summary>Mends the timers that criu would restore as dead ones.</summary>
internal sealed class TimersReturn(MendedImages images) : PartReturn
{
    /// <inheritdoc />
    public override IEnumerable<Step> Steps => [new Step("mended timers", () => images.Mend("files.img", TimerfdRepair.Repair))];
}
