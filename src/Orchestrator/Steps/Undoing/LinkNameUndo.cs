using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.InPlace;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Gives the host's end of a container's link its name back, which it had not while the container was to come back in place. One whose container has
/// ended is its restore's.</summary>
/// <param name="Init">The container's init, as the host sees it.</param>
/// <param name="StartTime">When that started: its pid may be another's since.</param>
/// <param name="Link">The link.</param>
internal sealed record LinkNameUndo(int Init, ulong StartTime, KeptLink Link) : InitUndo(Init, StartTime)
{
    /// <inheritdoc />
    public override string What => $"another name of the device {Link.Name}";

    /// <inheritdoc />
    protected override void GiveBack()
    {
        using var host = RouteSocket.Open();
        Link.GiveBack(host);
    }
}
