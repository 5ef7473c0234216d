using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>Reserves the names of the host's ends: none of these devices is there, and whoever makes one, a failure removes it. The network makes
/// them.</summary>
internal sealed class HostEndsReturn(IReadOnlyList<HostEnd> ends, bool isRehearsal) : PartReturn
{
    /// <inheritdoc />
    public override IEnumerable<Step> Steps
    {
        get
        {
            if (ends.Count == 0)
                yield break;
            // Looked at again: what is there now is somebody else's, and no undo of ours may remove it.
            HostEndLinks.RequireAbsent(ends);
            // Those of a rehearsal go with its network; the host's of the same names are those of the container that runs.
            if (!isRehearsal)
                yield return new Step("host veth devices", () => { }) { Undo = [.. ends.Select(end => new LinkUndo(end.Host.Name))] };
        }
    }
}
