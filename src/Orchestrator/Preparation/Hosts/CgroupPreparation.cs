using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>Mounts cgroup file systems (cgroups(7), mount(2)) in the mount namespace of the calling thread.</summary>
/// <remarks>What is mounted stays as it is. The version 2 hierarchy is never mounted a second time: that would take nsdelegate and
/// memory_recursiveprot from the mounts that have them (cgroup_get_tree of the kernel); the mount that there is is bound instead.</remarks>
public sealed class CgroupPreparation : HostPreparation
{
    private const string Unified = "unified";
    private const MountFlags Flags = MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec;
    private readonly CgroupLayoutWish _layout;
    private readonly bool _takesWhatIsThere;
    private readonly string _at;

    /// <summary>Prepares to mount.</summary>
    /// <param name="layout">What; null for what is there, and version 2 where nothing is.</param>
    /// <param name="at">Where; null for /cgroup (<see cref="CgroupLayoutWish.Legacy"/>) or /sys/fs/cgroup.</param>
    public CgroupPreparation(CgroupLayoutWish? layout, string? at = null) =>
        (_layout, _takesWhatIsThere, _at) = (layout ?? CgroupLayoutWish.V2, layout is null,
            DirectoryPath.Full(at ?? (layout == CgroupLayoutWish.Legacy ? "/cgroup" : "/sys/fs/cgroup")));

    /// <inheritdoc />
    public override string Subject => $"cgroups ({_layout.ToString().ToLowerInvariant()}) on {_at}";

    private string RecordName => $"cgroup-{_layout.ToString().ToLowerInvariant()}{_at.Replace('/', '-')}";

    /// <inheritdoc />
    private protected override IReadOnlyList<Step> Plan(RecordStore records)
    {
        var mounts = MountInfo.ReadSelf();
        if (_takesWhatIsThere && mounts.Where(entry => entry.FileSystemType is "cgroup" or "cgroup2").ToList() is { Count: > 0 } there)
            return [.. there.Select(entry =>
                Step.InPlace(
                    $"{(entry.FileSystemType == "cgroup2" ? "the version 2 hierarchy" : CgroupMountPlan.ControllersOf(entry))} on {entry.MountPoint}"))];
        var plan = new CgroupMountPlan(_at, mounts, ControllerTable.Parse(File.ReadAllText("/proc/cgroups")));
        var wanted = _layout switch
        {
            CgroupLayoutWish.Legacy => [plan.Legacy()],
            CgroupLayoutWish.V2 => [plan.V2(_at)],
            CgroupLayoutWish.V1 => plan.V1(),
            _ => [.. plan.V1(), plan.V2(Path.Combine(_at, Unified))],
        };
        if (wanted.All(one => one.IsThere))
            return [.. wanted.Select(one => Step.InPlace(one.What))];
        var before = records.Read(RecordName, PreparationJson.Default.CgroupRecord);
        var missing = wanted.Where(one => !one.IsThere).ToList();
        if (missing.FirstOrDefault(one => one.Obstacle is not null) is { } impossible)
            throw new RefusedException($"{impossible.What} cannot be: {impossible.Obstacle}");
        var places = _layout is CgroupLayoutWish.V1 or CgroupLayoutWish.Hybrid ? PlaceSteps(mounts) : [];
        var record = new CgroupRecord(
            [.. before?.Mounts ?? [], .. places.Count > 0 ? [_at] : Array.Empty<string>(), .. missing.Select(one => one.Point)],
            [.. before?.Directories ?? [], .. missing.Select(one => one.Point).Prepend(_at).Distinct().Where(point => !Directory.Exists(point))]);
        return [records.Writing(RecordName, record, before, PreparationJson.Default.CgroupRecord), .. places, .. wanted.Select(StepOf)];
    }

    /// <inheritdoc />
    private protected override IReadOnlyList<Step> PlanUndo(RecordStore records)
    {
        if (records.Read(RecordName, PreparationJson.Default.CgroupRecord) is not { } record)
            return [];
        var mounted = MountInfo.ReadSelf().Select(entry => entry.MountPoint).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. record.Mounts.Reverse().Where(mounted.Contains).Select(point => new Step($"mount {point}", () => Mount.Unmount(point))),
            .. record.Directories.Reverse().Where(Directory.Exists).Select(point => new Step($"directory {point}", () => RemoveIfThere(point))),
            new Step("the record of what was made", () => records.Remove(RecordName)),
        ];
    }

    // Directories below a read-only or foreign /sys/fs/cgroup can be made only on a tmpfs there, as every distribution has it.
    private List<Step> PlaceSteps(IReadOnlyList<MountEntry> mounts) =>
        mounts.Any(entry => entry.MountPoint == _at && entry.FileSystemType == "tmpfs")
            ? []
            : [new Step($"tmpfs on {_at} for the mount points", () => Make(_at, () => Mount.MountFileSystem("tmpfs", "cgroup", _at, Flags, "mode=755")),
            () => Mount.Unmount(_at))];

    private static Step StepOf(CgroupMount one) => one.IsThere
        ? Step.InPlace(one.What)
        : new Step(one.What, () => Make(one.Point, () => Mounted(one)), () => Mount.Unmount(one.Point));

    private static void Mounted(CgroupMount one)
    {
        if (one.BindFrom is { } source)
        {
            Mount.Bind(source, one.Point);
            return;
        }

        try
        {
            Mount.MountFileSystem(one.Type, one.Source, one.Point, Flags, one.Data);
        }
        catch (SyscallException e) when (e.Errno == Errno.EBUSY)
        {
            throw new RefusedException($"the kernel says EBUSY: a controller of it is in use in another hierarchy, version 2 perhaps ({e.Message})", e);
        }
    }

    private static void Make(string point, Action mount)
    {
        var made = !Directory.Exists(point);
        Directory.CreateDirectory(point);
        try
        {
            mount();
        }
        catch
        {
            if (made)
                RemoveIfThere(point);
            throw;
        }
    }

    private static void RemoveIfThere(string point)
    {
        if (Directory.Exists(point))
            Directory.Delete(point);
    }
}
