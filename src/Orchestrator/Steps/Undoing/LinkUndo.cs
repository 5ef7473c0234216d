using LxcNative.Netlink.Routing;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Removes a device of the host that was not there before; a veth's other end goes with it.</summary>
/// <param name="Name">Its name.</param>
internal sealed record LinkUndo(string Name) : Undo
{
    /// <inheritdoc />
    public override string What => $"the device {Name}";

    /// <inheritdoc />
    public override void Run()
    {
        using var host = RouteSocket.Open();
        if (host.Links.TryGet(Name, out var link))
            host.Links.DeleteIfThere(link.Index);
    }
}
