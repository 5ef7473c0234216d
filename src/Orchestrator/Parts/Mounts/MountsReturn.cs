using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>Mounts the container's root, and tells criu where on the host the rest is.</summary>
internal class MountsReturn(MountsState state, ReturnContext context) : PartReturn
{
    private readonly BindPlaces _places = new(Path.Combine(context.Place, "binds"));

    /// <inheritdoc />
    public override IEnumerable<Step> Steps =>
    [
        new Step("the mount point of its root", () => RootMount.Make(Point, State.Root!)),
        new Step("what of the host is bound into it", () => _places.Make(State.External)),
        .. Context.Plan.Cloned is null ? (IEnumerable<Step>)[] : [new Step("images with the root in a peer group of its own", PutApart)],
        .. State.Root!.HostPath is { } root ? [GhostFiles.Clear(Context.Plan.ImagesDirectory, root)] : (IEnumerable<Step>)[],
    ];

    /// <summary>What was saved.</summary>
    protected MountsState State { get; } = state;

    /// <summary>What is known and shared.</summary>
    protected ReturnContext Context { get; } = context;

    /// <summary>The mount point of the root.</summary>
    protected string Point => Path.Combine(Context.Place, "root");

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        criu.Root = Point;
        foreach (var mount in State.External)
            criu.AddExternal($"mnt[{mount.Key}]:{SourceOf(mount)}");
        foreach (var type in State.EnabledFileSystems)
            criu.AddEnabledFileSystem(type);
    }

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action != CriuNotifyAction.PostRestore)
            return;
        var table = MountInfo.Read(init);
        RequireSources(table);
        IReadOnlyList<MountPlace> places = [.. State.External.Select(mount => new MountPlace(mount.MountPoint, mount.Options)), .. State.NoSymFollow];
        Context.Recorder.Run(Track.Own, RestoreSpan.Repair, () => MountFlagRepair.Repair(init, table, places));
    }

    /// <summary>Requires that criu bound what it was to bind. None of the container has run.</summary>
    /// <param name="table">The container's mounts.</param>
    /// <exception cref="Errors.RefusedException">It did not.</exception>
    protected virtual void RequireSources(IReadOnlyList<MountEntry> table) => _places.Require(State.External, table);

    // Its root may be of another file system than what of the host's is bound into it, which the original's was not.
    private void PutApart()
    {
        var files = MountImage.Files(Context.Images.Directory);
        if (files.Count == 0)
            return;
        var group = RootGroup.Unused(files.SelectMany(MountImage.Read));
        Context.Images.RewriteMounts((image, file) => RootGroup.Apart(image, file, group));
    }

    /// <summary>What criu is to bind for one of the host's files and directories.</summary>
    protected virtual string SourceOf(ExternalMount mount) => _places[mount];
}
