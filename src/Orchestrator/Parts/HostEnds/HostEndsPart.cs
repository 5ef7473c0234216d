using System.Text;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Restores.Clones;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>The host's ends of the container's veth pairs: their names, indexes, addresses and bridges.</summary>
internal sealed class HostEndsPart() : Part<HostEndsState>(HostEndsJson.Default.HostEndsState)
{
    // IFNAMSIZ, with the zero at its end.
    private const int LinkNameBytes = 16;

    /// <inheritdoc />
    public override string Name => "hostEnds";

    /// <inheritdoc />
    public override IReadOnlyList<RuleDescription> RestoreRules => [HostEndRules.NameTaken, HostEndRules.BridgeMissing, HostEndRules.GivenOnHost];

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context)
    {
        var ports = BridgePortRecord.Capture(context.Container.Nics);
        var nics = context.Container.Nics.Where(nic => nic.Host is not null).ToList();
        if (nics.Count == 0)
            return new StateSaving(new HostEndsState());
        using var sides = new HostSideCapture();
        var limitations = new List<string>();
        var ends = nics.Select(nic => new HostEnd(nic.Name, nic.Host!, ports.FirstOrDefault(port => port.Device == nic.Host!.Name))
        {
            Side = sides.Of(nic.Host!, limitations),
        }).ToList();
        return new HostEndsSaving(new HostEndsState { Ends = ends }, limitations);
    }

    /// <inheritdoc />
    protected override HostEndsState Planned(HostEndsState state, PlanContext context)
    {
        foreach (var name in state.Ends.SelectMany(end => (string?[])[end.Inside, end.Host.Name, end.Host.Bridge]).OfType<string>())
            if (!IsLinkName(name))
                throw ManifestCheck.Refusal($"\"{name}\" is no name of a device");
        var pairs = context.Options.VethPairs;
        if (pairs.FirstOrDefault(pair => state.Ends.All(end => end.Inside != pair.Inside)) is { } strange)
            throw new RefusedException(
                $"the container has no veth device {strange.Inside}, whose host end shall be {strange.Host}; it has {NamesOf(state.Ends)}");
        var isRehearsal = context.Rehearsal is not null;
        return state with
        {
            Ends = [.. state.Ends.Select(end => Planned(end, pairs.FirstOrDefault(pair => pair.Inside == end.Inside), isRehearsal))
                .Select(end => context.Cloned is null ? end : OfItsOwn(end, pairs.Any(pair => pair.Inside == end.Inside)))
                .Select(end => isRehearsal ? end with { Side = null } : end)],
        };
    }

    /// <inheritdoc />
    protected override IEnumerable<Finding> Refusals(HostEndsState state, PlanContext context)
    {
        using var host = RouteSocket.Open();
        foreach (var end in state.Ends)
        {
            if (host.Links.TryGet(end.Host.Name, out var device))
                yield return HostEndRules.Taken(device, end.Inside);
            if (end.Host.Bridge is { } bridge && !host.Links.TryGet(bridge, out _))
                yield return HostEndRules.BridgeMissing.Found($"bridge {bridge}, which {end.Inside}'s host end {end.Host.Name} belongs to, does not exist");
            if (end.Side is { } side && HostSideReturn.Describe(side) is { Length: > 0 } given)
                yield return HostEndRules.GivenOnHost.Found($"{end.Host.Name}: {given}");
        }
    }

    /// <inheritdoc />
    protected override PartReturn Return(HostEndsState state, ReturnContext context) => context.Kept is { } kept
        ? new KeptEndsReturn(kept.Links, state, context)
        : new HostEndsReturn(state, context);

    // dev_valid_name() of net/core/dev.c.
    private static bool IsLinkName(string name) =>
        ManifestCheck.IsName(name) && Encoding.UTF8.GetByteCount(name) < LinkNameBytes && !name.Any(letter => letter == ':' || char.IsWhiteSpace(letter));

    private static HostEnd Planned(HostEnd end, VethPairOption? option, bool isRehearsal)
    {
        var host = end.Host;
        var bridge = option?.Bridge ?? host.Bridge;
        // Another name makes another device: only the device that was there gets its index back. In the namespace of a rehearsal others have taken it.
        var index = !isRehearsal && (option is null || option.Host == host.Name) ? host.Index : 0;
        return end with
        {
            Host = host with { Name = option?.Host ?? host.Name, Index = index, IsUp = host.IsUp || bridge is not null, Bridge = bridge },
            Port = bridge == host.Bridge ? end.Port : null,
        };
    }

    // The original's may be there.
    private static HostEnd OfItsOwn(HostEnd end, bool isNamed)
    {
        var host = end.Host with { Name = isNamed ? end.Host.Name : ClonePlan.NewHostEnd(), Index = 0, Address = ClonePlan.NewHostAddress(), Alias = null };
        return end with
        {
            Host = host,
            Port = end.Port is { } port ? port with { Device = host.Name } : null,
            // Addresses and routes lead to the original.
            Side = end.Side is { } side ? new HostSide { Host = side.Host, Settings = side.Settings } : null,
        };
    }

    private static string NamesOf(IReadOnlyList<HostEnd> ends) => ends.Count == 0 ? "none" : string.Join(", ", ends.Select(end => end.Inside));
}
