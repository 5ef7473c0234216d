using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>The container's network namespace: links, addresses, routes, rules, rule sets, settings.</summary>
internal sealed class NetworkPart() : Part<NetworkState>(NetworkPartJson.Default.NetworkState)
{
    /// <inheritdoc />
    public override string Name => "network";

    /// <inheritdoc />
    public override IReadOnlyList<PreflightRule> Obstacles => [new UnsupportedLink(), new VethPeerElsewhere(), new NetworkSettingsLost()];

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => NetworkSaving.Prepare(context);

    /// <inheritdoc />
    protected override PartReturn Return(NetworkState state, ReturnContext context)
    {
        var image = Path.Combine(context.Plan.ImagesDirectory, NetworkImageFile.Name);
        if (context.Kept is { } kept)
            return new KeptNetworkReturn(kept, image, state.CriuInside);
        var ends = new HostEndsPart().Read(context.Plan.States).Ends;
        return state.SavedBy == CaptureMode.Native
            ? new NativeNetworkReturn(image, context.EmptyNetwork, ends, state.CriuInside, context.Plan.Lock, context.Recorder)
            : new CriuNetworkReturn(ends, state.Macvlans, context.Plan.Lock);
    }
}
