using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>The root, and what of the host is bound into it, under overlays whose changes are thrown away: criu makes unlinked files and sockets again, and
/// removes temporary names, which must not happen in the real ones.</summary>
internal sealed class RehearsedMounts(MountsState state, ReturnContext context) : MountsReturn(state, context)
{
    private readonly ThrowAwayOverlays _overlays = new(Path.Combine(context.Place, "overlays"));
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public override IEnumerable<Step> Steps =>
    [
        new Step("an overlay over its root", () => CoverRoot(State.Root!)),
        new Step("overlays over what is bound into it", () =>
        {
            foreach (var mount in State.External)
            {
                BindSources.Open(mount, State.External).Dispose();
                _sources[mount.Key] = Cover(mount.HostPath);
            }
        }),
    ];

    /// <inheritdoc />
    // They are overlays, not what is under them.
    protected override void RequireSources(IReadOnlyList<MountEntry> table)
    {
    }

    /// <inheritdoc />
    protected override string SourceOf(ExternalMount mount) => _sources[mount.Key];

    private void CoverRoot(Containers.RootFileSystem root)
    {
        PrivateDirectory.Create(Point);
        if (root is { HostPath: null, FileSystemType: "overlay" })
        {
            _overlays.Stack(root.Options, Point);
            return;
        }

        if (root.HostPath is { } path)
        {
            Mount.Bind(_overlays.Cover(RealPath.Resolve(path)), Point);
            Mount.SetPropagation(Point, Propagation.Slave);
            return;
        }

        var below = Path.Combine(Context.Place, "below");
        RootMount.Make(below, root);
        _overlays.Cover(below, Point);
    }

    // Devices, sockets, and what the kernel or a program makes up, hold nothing that criu would change.
    private string Cover(string path)
    {
        var type = FileStatus.Read(path).Type;
        return type is FileType.Directory or FileType.Regular && ThrowAwayOverlays.CanCover(path) ? _overlays.Cover(path) : path;
    }
}
