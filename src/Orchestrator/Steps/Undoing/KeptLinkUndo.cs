using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.InPlace;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Removes the host's end of a link that has outlived its container, which does not come back; another device that has its name since is not
/// touched.</summary>
/// <param name="Link">The link.</param>
internal sealed record KeptLinkUndo(KeptLink Link) : Undo
{
    /// <inheritdoc />
    public override string What => $"the device {Link.Name}";

    /// <inheritdoc />
    public override void Run()
    {
        using var host = RouteSocket.Open();
        Link.Remove(host);
    }
}
