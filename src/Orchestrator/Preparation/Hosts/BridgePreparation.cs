using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Addresses;
using LxcNative.Netlink.Routing.Bridges;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>A bridge for containers, over rtnetlink (rtnetlink(7)); with an uplink, in its place.</summary>
public sealed class BridgePreparation : HostPreparation
{
    private readonly RouteSocket _host;
    private readonly BridgeWish _wish;

    /// <summary>Prepares to make it.</summary>
    /// <param name="host">A socket in the host's network namespace; stays the caller's.</param>
    /// <param name="wish">The bridge that is wanted; for an undo its name alone matters.</param>
    public BridgePreparation(RouteSocket host, BridgeWish wish)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(wish);
        (_host, _wish) = (host, wish);
    }

    /// <inheritdoc />
    public override string Subject => $"bridge {_wish.Name}";

    private string RecordName => $"bridge-{_wish.Name}";

    /// <inheritdoc />
    private protected override IReadOnlyList<Step> Plan(RecordStore records)
    {
        _host.Links.TryGet(_wish.Name, out var bridge);
        if (bridge is not null && bridge.Kind != "bridge")
            throw new RefusedException($"{_wish.Name} is there, and is no bridge but {bridge.Kind ?? "a device"}: choose another name");
        var uplink = _wish.Uplink is { } name ? Uplink(name, bridge) : null;
        var before = records.Read(RecordName, PreparationJson.Default.BridgeRecord);
        var changes = new List<Step> { Existence(bridge, uplink) };
        changes.AddRange(Options(bridge));
        var present = bridge is null ? [] : _host.Addresses.List(bridge.Index).Select(Layer3Move.TextOf).ToHashSet(StringComparer.Ordinal);
        var added = _wish.Addresses.Where(address => !present.Contains(address.ToString())).ToList();
        changes.AddRange(_wish.Addresses.Select(address => AddressStep(address, !added.Contains(address))));
        changes.Add(bridge is { IsUp: true }
            ? Step.InPlace("the bridge is up")
            : new Step("the bridge is up", () => _host.Links.SetUp(Index()), bridge is null ? null : () => _host.Links.SetDown(Index())));
        var moves = uplink is not null && uplink.MasterIndex != bridge?.Index;
        if (uplink is not null)
            changes.AddRange(moves || uplink.MasterIndex is null ? Enslave(uplink) : [Step.InPlace($"{uplink.Name} is a port of it")]);
        if (changes.All(step => step.Take is null))
            return changes;
        var record = new BridgeRecord(
            bridge is null || before is { Made: true }, uplink?.Name ?? before?.Uplink, [.. before?.Addresses ?? [], .. added.Select(one => one.ToString())],
            before?.Stp ?? (bridge is null || _wish.Stp is null ? null : bridge.Bridge?.StpState is > 0),
            before?.ForwardDelayMilliseconds ?? (bridge is null || _wish.ForwardDelay is null ? null : bridge.Bridge?.ForwardDelay?.TotalMilliseconds),
            before?.Mtu ?? (bridge is null || _wish.Mtu is null ? null : bridge.Mtu), before?.SetUp ?? bridge is { IsUp: false });
        return [records.Writing(RecordName, record, before, PreparationJson.Default.BridgeRecord), .. changes];
    }

    /// <inheritdoc />
    private protected override IReadOnlyList<Step> PlanUndo(RecordStore records)
    {
        if (records.Read(RecordName, PreparationJson.Default.BridgeRecord) is not { } record)
            return [];
        var forget = new Step("the record of what was made", () => records.Remove(RecordName));
        if (!_host.Links.TryGet(_wish.Name, out var bridge))
            return [forget];
        var ports = _host.Links.ListPorts(bridge.Index);
        if (record.Made && ports.FirstOrDefault(port => port.Name != record.Uplink) is { } other)
            throw new RefusedException($"{_wish.Name} still has the port {other.Name}: end the container it belongs to, or take it from the bridge");
        var steps = new List<Step>();
        if (ports.FirstOrDefault(port => port.Name == record.Uplink) is { } uplink)
        {
            var move = new Layer3Move(_host, bridge, uplink.Name, record.Addresses.ToHashSet(StringComparer.Ordinal));
            steps.AddRange(move.Leave());
            steps.Add(new Step($"{uplink.Name} is a port of it", () => _host.Links.ClearMaster(uplink.Index),
                () => _host.Links.SetMaster(uplink.Index, bridge.Index)));
            steps.AddRange(move.Arrive());
        }

        steps.AddRange(record.Made ? [new Step($"bridge {_wish.Name}", () => _host.Links.Delete(bridge.Index))] : Restore(bridge, record));
        return [.. steps, forget];
    }

    private Link Uplink(string name, Link? bridge)
    {
        if (!_host.Links.TryGet(name, out var uplink))
            throw new RefusedException($"there is no device {name} to be the uplink");
        if (uplink.MasterIndex is { } master && master != bridge?.Index)
            throw new RefusedException($"{name} belongs to {(_host.Links.TryGet(master, out var other) ? other.Name : $"device {master}")} already");
        return uplink;
    }

    // With the uplink's own hardware address, neighbours need not learn a new one, and a container's device cannot change it.
    private Step Existence(Link? bridge, Link? uplink)
    {
        var what = $"bridge {_wish.Name}";
        if (bridge is not null)
            return Step.InPlace(what);
        var options = new BridgeOptions { StpState = _wish.Stp is { } stp ? stp ? 1u : 0u : null, ForwardDelay = _wish.ForwardDelay };
        var spec = new LinkSpec { Name = _wish.Name, Address = uplink?.Address, Mtu = _wish.Mtu ?? uplink?.Mtu };
        return new Step(what, () => _host.Links.AddBridge(spec, options), () => _host.Links.Delete(_wish.Name));
    }

    private IEnumerable<Step> Options(Link? bridge)
    {
        if (bridge is null)
            yield break;
        var options = bridge.Bridge ?? new BridgeOptions();
        if (_wish.Stp is { } stp)
            yield return Option($"spanning tree {(stp ? "on" : "off")}", options.StpState is > 0 == stp, bridge,
                new BridgeOptions { StpState = stp ? 1u : 0u }, new BridgeOptions { StpState = options.StpState });
        if (_wish.ForwardDelay is { } delay)
            yield return Option($"forward delay {delay.TotalSeconds} s", options.ForwardDelay == delay, bridge, new BridgeOptions { ForwardDelay = delay },
                new BridgeOptions { ForwardDelay = options.ForwardDelay });
        if (_wish.Mtu is { } mtu)
            yield return bridge.Mtu == mtu
                ? Step.InPlace($"MTU {mtu}")
                : new Step($"MTU {mtu}", () => _host.Links.SetMtu(bridge.Index, mtu), () => _host.Links.SetMtu(bridge.Index, bridge.Mtu));
    }

    private Step Option(string what, bool isSet, Link bridge, BridgeOptions wanted, BridgeOptions before) =>
        isSet ? Step.InPlace(what) : new Step(what, () => _host.Links.ChangeBridge(bridge.Index, wanted), () => _host.Links.ChangeBridge(bridge.Index, before));

    private Step AddressStep(Prefix address, bool isThere)
    {
        var what = $"address {address}";
        return isThere
            ? Step.InPlace(what)
            : new Step(what, () => _host.Addresses.Add(Address.Of(Index(), address)), () => _host.Addresses.Delete(Address.Of(Index(), address)));
    }

    private IEnumerable<Step> Enslave(Link uplink)
    {
        var move = new Layer3Move(_host, uplink, _wish.Name, []);
        var port = new Step($"{uplink.Name} is a port of it", () => _host.Links.SetMaster(uplink.Index, Index()), () => _host.Links.ClearMaster(uplink.Index));
        var up = uplink.IsUp
            ? Array.Empty<Step>()
            : [new Step($"{uplink.Name} is up", () => _host.Links.SetUp(uplink.Index), () => _host.Links.SetDown(uplink.Index))];
        return [.. move.Leave(), port, .. up, .. move.Arrive()];
    }

    private IEnumerable<Step> Restore(Link bridge, BridgeRecord record)
    {
        foreach (var text in record.Addresses)
        {
            var address = Address.Of(bridge.Index, Prefix.Parse(text));
            if (_host.Addresses.List(bridge.Index).Any(one => Layer3Move.TextOf(one) == text))
                yield return new Step($"address {text}", () => _host.Addresses.Delete(address), () => _host.Addresses.Add(address));
        }

        if (record.Stp is { } stp)
            yield return new Step($"spanning tree {(stp ? "on" : "off")} as before",
                () => _host.Links.ChangeBridge(bridge.Index, new BridgeOptions { StpState = stp ? 1u : 0u }));
        if (record.ForwardDelayMilliseconds is { } delay)
            yield return new Step($"forward delay {delay / 1000} s as before",
                () => _host.Links.ChangeBridge(bridge.Index, new BridgeOptions { ForwardDelay = TimeSpan.FromMilliseconds(delay) }));
        if (record.Mtu is { } mtu)
            yield return new Step($"MTU {mtu} as before", () => _host.Links.SetMtu(bridge.Index, mtu));
        if (record.SetUp)
            yield return new Step("down as before", () => _host.Links.SetDown(bridge.Index));
    }

    private int Index() => _host.Links.Get(_wish.Name).Index;
}
