using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Preflight.Rules;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Restores.Clones;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>The container's network namespace: links, addresses, routes, rules, rule sets, settings.</summary>
internal sealed class NetworkPart() : Part<NetworkState>(NetworkPartJson.Default.NetworkState)
{
    /// <inheritdoc />
    public override string Name => "network";

    /// <inheritdoc />
    public override IReadOnlyList<PreflightRule> Obstacles => [new UnsupportedLink(), new VethPeerElsewhere(), new NetworkSettingsLost(), new NetworkLocked()];

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => NetworkSaving.Prepare(context);

    /// <inheritdoc />
    protected override IEnumerable<Finding> Refusals(NetworkState state, PlanContext context)
    {
        if (context.Cloned is not { Devices.Count: > 0 } clone)
            yield break;
        if (state.SavedBy != CaptureMode.Native)
            yield return ImageRules.NotPlannable.Found("criu saved the network, in images where nothing can be given another address: the checkpoint has to be "
                + "made with a network that this library saves");
        else
            foreach (var twice in AddressesOfOthers(CloneAddresses.Of(context.ImagesDirectory, clone), context.ImagesDirectory, clone))
                yield return ImageRules.NotPlannable.Found(twice);
    }

    private static IEnumerable<string> AddressesOfOthers(CloneAddresses addresses, string imagesDirectory, Clone clone)
    {
        if (ContainerPlace.Taken(clone.LxcPath, clone.Original) is not null)
            return addresses.Kept.Concat(addresses.Named)
                .Select(address => $"{clone.Original} runs, and has {address}: beside it {clone.Name} needs an address of its own");
        // Which it has is not recorded.
        return addresses.Kept.Count > 0 && RestoredContainer.All().FirstOrDefault(one => one.Name != clone.Name && one.ImagesDirectory == imagesDirectory)
            is { } other
            ? [$"{other.Name} runs, restored from the same images, and may have {string.Join(", ", addresses.Kept)}: beside it {clone.Name} needs an address "
                + $"of its own"]
            : [];
    }

    /// <inheritdoc />
    protected override PartReturn Return(NetworkState state, ReturnContext context)
    {
        var image = Path.Combine(context.Plan.ImagesDirectory, NetworkImageFile.Name);
        if (context.Kept is { } kept)
            return new KeptNetworkReturn(kept, image, state);
        var ends = new HostEndsPart().Read(context.Plan.States).Ends;
        return state.SavedBy == CaptureMode.Native
            ? new NativeNetworkReturn(image, context.EmptyNetwork, ends, state, context.Plan.Lock, context.Recorder,
                context.Plan.Cloned?.Devices ?? [])
            : new CriuNetworkReturn(ends, state.Macvlans, context.Plan.Lock);
    }
}
