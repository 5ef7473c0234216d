using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Preflight.Rules;

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
        External = [.. context.Container.Mounts.Where(mount => mount.Kind == ContainerMountKind.External && !HostTerminal.Is(mount))
            .Select(mount => new ExternalMount(KeyOf(mount), mount.Entry.MountPoint, mount.HostPath!, mount.Entry.Options))],
        EnabledFileSystems = MountsState.EnabledOf(context.Container.Mounts),
    });

    /// <inheritdoc />
    protected override MountsState Planned(MountsState state, PlanContext context)
    {
        var root = state.Root ?? throw new RefusedException("the manifest does not say what the container's root is: the checkpoint is damaged");
        return context.Options.Root is { } other ? state with { Root = root with { HostPath = DirectoryPath.Full(other) } } : state;
    }

    /// <inheritdoc />
    protected override IEnumerable<Finding> Refusals(MountsState state, PlanContext context)
    {
        var root = state.Root!;
        if (root.HostPath is { } path && !Directory.Exists(path))
            yield return ImageRules.HostLacks.Found($"the container's root {path} does not exist");
        else if (root.HostPath is { } there && root.Inode != 0 && context.Options.Root is null && FileStatus.TryRead(there, out var status)
            && status.Inode != root.Inode)
            yield return ImageRules.HostLacks.Found(
                $"the container's root {there} is not the directory that it was (inode {status.Inode} instead of {root.Inode}): it is not mounted, something "
                + $"else is, or it was made anew. --root {there} takes it all the same");
        if (root.HostPath is null && root.FileSystemType != "overlay" && !File.Exists(root.Source))
            yield return ImageRules.HostLacks.Found($"the container's root was a {root.FileSystemType} on {root.Source}, which does not exist");
        foreach (var mount in state.External.Where(one => !Path.Exists(one.HostPath)))
            yield return ImageRules.HostLacks.Found($"{mount.HostPath}, bound to {mount.MountPoint} in the container, does not exist on this host");
    }

    /// <inheritdoc />
    protected override PartReturn Return(MountsState state, ReturnContext context) =>
        context.Plan.Rehearsal is null ? new MountsReturn(state, context) : new RehearsedMounts(state, context);

    // The mount point may hold any byte; criu parses its option at brackets and colons, so the key is a number.
    private static string KeyOf(ContainerMount mount) => $"lxcnative-mnt-{mount.Entry.Id}";
}
