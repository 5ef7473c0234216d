using LxcNative.Native.Handles;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.InPlace;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>The host's ends have outlived the container, and get their names back, which whoever looked after it has looked for in vain by now.</summary>
internal sealed class KeptEndsReturn(IReadOnlyList<KeptLink> links, HostEndsState state, ReturnContext context) : HostEndsReturn(state, context)
{
    /// <inheritdoc />
    public override IEnumerable<Step> Steps => links.Count == 0 ? [] :
    [
        new Step("the names of the host's veth devices", GiveBack) { Undo = [.. links.Select(link => new KeptLinkUndo(link))] },
    ];

    /// <inheritdoc />
    // They have kept it.
    protected override void GiveSides(FileDescriptor network)
    {
    }

    private void GiveBack()
    {
        using var host = RouteSocket.Open();
        foreach (var link in links)
        {
            link.GiveBack(host);
            // Where the container ended before its links were set aside, they went with it.
            if (!host.Links.TryGet(link.Index, out var there) || there.Name != link.Name)
                throw new IOException($"the device {link.Name} of the host has not outlived the container");
        }
    }
}
