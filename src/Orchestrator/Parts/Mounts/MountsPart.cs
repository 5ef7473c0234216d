using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Preflight.Rules;
using LxcNative.Orchestrator.Restores.Clones;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>The container's root, and what of the host is mounted in it.</summary>
internal sealed class MountsPart() : Part<MountsState>(MountsPartJson.Default.MountsState)
{
    /// <inheritdoc />
    public override string Name => "mounts";

    /// <inheritdoc />
    public override IReadOnlyList<PreflightRule> Obstacles =>
    [
        new UnsupportedFileSystem(), new MountWithoutRoot(), new FuseMount(), new ContentThatIsLost(),
        new UnreachableSharing(), new AutofsDaemonOutside(), new UnspeakableMountPoint(), new DevtmpfsUnknownToHost(),
        new RootOnLoop(), new RootThatGoes(), new OverlayInside(), new MountThatCriuSkips(), new RemovedAndBoundTwice(),
    ];

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new MountsSaving(new MountsState
    {
        Root = context.Container.Root,
        External = BindSources.Describe(context.Container.Mounts.Where(mount => mount.Kind == ContainerMountKind.External && !HostTerminal.Is(mount))),
        NoSymFollow = MountsState.NoSymFollowOf(context.Container.Mounts),
        EnabledFileSystems = MountsState.EnabledOf(context.Container.Mounts),
    }, context.Container.InitPid);

    /// <inheritdoc />
    protected override MountsState Planned(MountsState state, PlanContext context)
    {
        var root = state.Root ?? throw new RefusedException("the manifest does not say what the container's root is: the checkpoint is damaged");
        foreach (var mount in state.External)
        {
            ManifestCheck.RequirePath("where something is bound from", mount.HostPath);
            ManifestCheck.RequirePath("where something is bound to", mount.MountPoint);
            // criu parses what it is told of it at these.
            if (!ManifestCheck.IsName(mount.Key) || mount.Key.AsSpan().ContainsAny("[]:"))
                throw ManifestCheck.Refusal($"\"{mount.Key}\" is no key of a mount");
        }

        if (root.HostPath is { } path)
            ManifestCheck.RequirePath("the container's root", path);
        return state with
        {
            Root = context.Cloned is { IsOverlaid: true } clone ? Overlaid(root, clone)
                : context.Options.Root is { } other ? root with { HostPath = Named(DirectoryPath.Full(other)), Inode = 0 } : root,
            External = [.. state.External.Select(mount => Planned(mount, context.Options.External))],
        };
    }

    /// <inheritdoc />
    protected override IEnumerable<Finding> Refusals(MountsState state, PlanContext context)
    {
        var root = state.Root!;
        if (root.HostPath is { } path && !Directory.Exists(path))
            yield return ImageRules.HostLacks.Found($"the container's root {path} does not exist");
        else if (root.HostPath is { } there && root.Inode != 0 && FileStatus.TryRead(there, out var status)
            && status.Inode != root.Inode)
            yield return ImageRules.HostLacks.Found(
                $"the container's root {there} is not the directory that it was (inode {status.Inode} instead of {root.Inode}): it is not mounted, something "
                + $"else is, or it was made anew. --root {there} takes it all the same");
        if (context.Cloned is { IsOverlaid: false } own && RootUse.Of(own.Root, own.LxcPath, own.Original) is { } user)
            yield return ImageRules.NotPlannable.Found($"{own.Root} is the root of a container that runs (init {user}): copy it, and name the copy");
        if (context.Cloned is { IsOverlaid: true } clone
            && (!FileStatus.TryRead(clone.Root, out var below) || !below.IsDirectory || (clone.RootInode != 0 && below.Inode != clone.RootInode)))
            yield return ImageRules.HostLacks.Found($"the root of {clone.Original}, {clone.Root}, is not there, or is not the directory that it was");
        if (root.HostPath is null && root.FileSystemType != "overlay" && !File.Exists(root.Source))
            yield return ImageRules.HostLacks.Found($"the container's root was a {root.FileSystemType} on {root.Source}, which does not exist");
        foreach (var mount in state.External)
            if (Trouble(mount, state.External) is { } trouble)
                yield return ImageRules.HostLacks.Found(trouble);
    }

    /// <inheritdoc />
    protected override PartReturn Return(MountsState state, ReturnContext context) =>
        context.Plan.Rehearsal is null ? new MountsReturn(state, context) : new RehearsedMounts(state, context);

    // What the caller names is taken as it is now, links and all.
    private static ExternalMount Planned(ExternalMount mount, IReadOnlyList<string> externals) =>
        externals.LastOrDefault(one => one.StartsWith($"mnt[{mount.Key}]:", StringComparison.Ordinal)) is { } other
            ? mount with { HostPath = Named(DirectoryPath.Full(other[(mount.Key.Length + "mnt[]:".Length)..])), Source = null, Within = null }
            : mount;

    private static string Named(string path) => Path.Exists(path) ? RealPath.Resolve(path) : path;

    private static string? Trouble(ExternalMount mount, IReadOnlyList<ExternalMount> all)
    {
        try
        {
            BindSources.Open(mount, all).Dispose();
            return null;
        }
        catch (RefusedException e)
        {
            return e.Message;
        }
    }

    // The directory itself stays as it is, whatever the container does.
    private static RootFileSystem Overlaid(RootFileSystem root, Clone clone) =>
        new(null, "overlay", "overlay", $"lowerdir={clone.Root},upperdir={clone.Upper},workdir={clone.Work}", "/", root.ReadOnly);
}
