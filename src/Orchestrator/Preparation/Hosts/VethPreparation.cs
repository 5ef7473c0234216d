using System.Security.Cryptography;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Addresses;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>A pair of veth devices (veth(4)) into a container's network namespace.</summary>
public sealed class VethPreparation : HostPreparation
{
    // A bridge takes the lowest hardware address of its ports: such a high one never is.
    private const byte HighByte = 0xfe;
    private readonly RouteSocket _host;
    private readonly FileDescriptor _container;
    private readonly VethWish _wish;

    /// <summary>Prepares to make it.</summary>
    /// <param name="host">A socket in the host's network namespace; stays the caller's.</param>
    /// <param name="container">The container's network namespace; stays the caller's.</param>
    /// <param name="wish">The pair that is wanted; for an undo the host end's name alone matters.</param>
    public VethPreparation(RouteSocket host, FileDescriptor container, VethWish wish)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(wish);
        (_host, _container, _wish) = (host, container, wish);
    }

    /// <inheritdoc />
    public override string Subject => $"veth pair {_wish.HostName}";

    private string RecordName => $"veth-{_wish.HostName}";

    /// <inheritdoc />
    private protected override IReadOnlyList<Step> Plan(RecordStore records)
    {
        if (_wish.Bridge is { } bridge && !_host.Links.TryGet(bridge, out _))
            throw new RefusedException($"there is no bridge {bridge}: make it first");
        if (!_host.Links.TryGet(_wish.HostName, out var end))
            return Creation(records);
        using var inside = RouteSocket.OpenIn(_container);
        if (end.Kind != "veth" || !inside.Links.TryGet(_wish.InsideName, out var peer) || peer.Kind != "veth" || peer.PeerIndex != end.Index
            || end.PeerIndex != peer.Index)
            throw new RefusedException(
                $"there is a device {_wish.HostName} already, and it is not the other end of {_wish.InsideName} in the container: choose another name");
        return Completion(end, peer, inside);
    }

    /// <inheritdoc />
    private protected override IReadOnlyList<Step> PlanUndo(RecordStore records)
    {
        if (records.Read(RecordName, PreparationJson.Default.VethRecord) is not { } record)
            return [];
        var forget = new Step("the record of what was made", () => records.Remove(RecordName));
        return _host.Links.TryGet(_wish.HostName, out var end) && end.Index == record.HostIndex && end.Kind == "veth"
            ? [new Step(Subject, () => _host.Links.Delete(end.Index)), forget]
            : [forget];
    }

    private List<Step> Creation(RecordStore records)
    {
        var steps = new List<Step>
        {
            new($"{_wish.HostName} on the host, {_wish.InsideName} in the container", Make, () => _host.Links.Delete(_wish.HostName)),
            new("a record of what is made",
                () => records.Writing(RecordName, new VethRecord(_host.Links.Get(_wish.HostName).Index), null, PreparationJson.Default.VethRecord).Take!(),
                () => records.Remove(RecordName)),
        };
        if (_wish.Bridge is { } bridge)
            steps.Add(new($"{_wish.HostName} is a port of {bridge}", () => Attach(bridge)));
        steps.Add(new($"{_wish.HostName} is up", () => _host.Links.SetUp(_host.Links.Get(_wish.HostName).Index)));
        steps.AddRange(_wish.Addresses.Select(address => new Step($"address {address} inside",
            () => Inside(socket => socket.Addresses.Add(Address.Of(socket.Links.Get(_wish.InsideName).Index, address))))));
        steps.Add(new($"{_wish.InsideName} is up", () => Inside(socket => socket.Links.SetUp(socket.Links.Get(_wish.InsideName).Index))));
        return steps;
    }

    private List<Step> Completion(Link end, Link peer, RouteSocket inside)
    {
        var present = inside.Addresses.List(peer.Index).Select(Layer3Move.TextOf).ToHashSet(StringComparer.Ordinal);
        var steps = new List<Step> { Step.InPlace($"{_wish.HostName} on the host, {_wish.InsideName} in the container") };
        if (_wish.Bridge is { } bridge)
            steps.Add(StepOf($"{_wish.HostName} is a port of {bridge}", end.MasterIndex == _host.Links.Get(bridge).Index, () => Attach(bridge)));
        steps.Add(StepOf($"{_wish.HostName} is up", end.IsUp, () => _host.Links.SetUp(end.Index)));
        steps.AddRange(_wish.Addresses.Select(address => StepOf($"address {address} inside", present.Contains(address.ToString()),
            () => Inside(socket => socket.Addresses.Add(Address.Of(peer.Index, address))))));
        steps.Add(StepOf($"{_wish.InsideName} is up", peer.IsUp, () => Inside(socket => socket.Links.SetUp(peer.Index))));
        return steps;
    }

    private static Step StepOf(string what, bool isInPlace, Action apply) => isInPlace ? Step.InPlace(what) : new Step(what, apply);

    private void Make()
    {
        var address = RandomNumberGenerator.GetBytes(6);
        address[0] = HighByte;
        _host.Links.AddVeth(new VethPair(
            new LinkSpec { Name = _wish.HostName, Address = new HardwareAddress(address), Mtu = _wish.Mtu },
            new LinkSpec { Name = _wish.InsideName, Namespace = NetworkNamespace.Of(_container), Mtu = _wish.Mtu }));
    }

    private void Attach(string bridge) => _host.Links.SetMaster(_host.Links.Get(_wish.HostName).Index, _host.Links.Get(bridge).Index);

    private void Inside(Action<RouteSocket> body)
    {
        using var inside = RouteSocket.OpenIn(_container);
        body(inside);
    }
}
