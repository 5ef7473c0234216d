using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Parts.Network.Capturing;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>Saves the container's network namespace natively, and tells criu to leave it alone; or leaves it to criu, and says why.</summary>
internal sealed class NetworkSaving : PartSaving
{
    /// <summary>What criu's images call the namespace.</summary>
    public const string Key = "lxcnative-net";

    private const string SavedRules = "nftables-";
    private readonly SavingContext _context;
    private readonly NetworkCapture? _capture;
    private readonly IReadOnlyList<string> _obstacles;
    private ImageDirectory? _images;
    private bool _criuInside;

    private NetworkSaving(SavingContext context, NetworkCapture? capture, IReadOnlyList<string> obstacles) =>
        (_context, _capture, _obstacles) = (context, capture, obstacles);

    /// <inheritdoc />
    public override PartState State => new NetworkState
    {
        SavedBy = _capture is null ? CaptureMode.Criu : CaptureMode.Native,
        CriuInside = _criuInside,
        MadeByCriu = IsMadeByCriu,
        Macvlans = _capture is null ? Macvlans : [],
    };

    /// <inheritdoc />
    public override IEnumerable<string> Externals =>
        _capture is null ? Macvlans : _criuInside || IsMadeByCriu ? [] : [$"net[{NamespaceId.Read(_context.NetworkNamespace).Inode}]:{Key}"];

    /// <inheritdoc />
    public override IReadOnlyList<string> Warnings =>
        _obstacles.Count == 0 ? [] : [$"the network namespace is left to criu, which takes longer: {string.Join("; ", _obstacles)}"];

    /// <inheritdoc />
    public override bool Captures => _capture is not null;

    /// <inheritdoc />
    public override bool HidesUnlock => _criuInside;

    private bool IsMadeByCriu => _capture is not null && _context.Container.HasUserNamespace;

    // Without the second part criu ends at the first.
    private IReadOnlyList<string> Macvlans =>
        [.. _context.Container.Nics.Where(nic => nic is { Kind: "macvlan", Below: not null }).Select(nic => $"macvlan[{nic.Name}]:{nic.Below}")];

    /// <summary>Prepares it, unless criu shall do it or something stands in the way.</summary>
    /// <exception cref="RefusedException">It is wanted natively, and that cannot be.</exception>
    public static NetworkSaving Prepare(SavingContext context)
    {
        var mode = context.Options.Network;
        if (mode == CaptureMode.Criu)
            return new NetworkSaving(context, null, []);
        IReadOnlyList<string> obstacles;
        try
        {
            var capture = NetworkCapture.Prepare(context.NetworkNamespace, NetworkCaptureOptions.For(context.Container, context.Snapshot.Files) with
            {
                IsExcludedTable = (_, name) => name == context.LockTable,
            });
            if (capture.CanCapture)
                return new NetworkSaving(context, capture, []);
            obstacles = capture.Obstacles;
            capture.Dispose();
        }
        catch (Exception e) when (e is LinuxException or NetlinkProtocolException)
        {
            obstacles = [e.Message];
        }

        return mode == CaptureMode.Auto
            ? new NetworkSaving(context, null, obstacles)
            : throw new RefusedException(
            $"the network of {context.Container.Name} cannot be saved natively: {string.Join("; ", obstacles)}. Left to choose, criu saves it");
    }

    /// <inheritdoc />
    public override Func<CriuWorker>? PlaceForCriu(CriuInstallation installation, CriuKerndat? kerndat, Func<CriuWorker> start)
    {
        var place = _capture is null || IsMadeByCriu ? null : CriuInNetwork.Place(kerndat, _context.NetworkNamespace, _context.Snapshot, start);
        _criuInside = place is not null;
        return place;
    }

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        if (IsMadeByCriu)
            criu.EmptyNamespaces = (int)NamespaceKind.Net;
    }

    /// <inheritdoc />
    public override void Begin(ImageDirectory images) => _images = images;

    /// <inheritdoc />
    /// <exception cref="NetworkCaptureException">Something that cannot be captured was added since the preparation.</exception>
    public override void Capture() => _images!.Write(NetworkImageFile.Name, NetworkImageFile.Write(_capture!.Capture().Complete()));

    /// <inheritdoc />
    public override void Finish(ImageDirectory images)
    {
        if (_capture is not null)
            return;
        // criu saved the container's rule set while our lock was on; restored with it, the container would come back locked.
        foreach (var file in images.Files().Where(file => file.Name.StartsWith(SavedRules, StringComparison.Ordinal) && file.Size > 0))
            images.Write(file.Name,
                NetworkLock.TableFamilies.Aggregate(images.ReadText(file.Name),
                (rules, family) => NftablesImage.RemoveTable(rules, family, _context.LockTable)));
    }

    /// <inheritdoc />
    protected override void Close() => _capture?.Dispose();
}
