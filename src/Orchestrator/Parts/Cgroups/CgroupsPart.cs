using LxcNative.Native.Cgroups;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Owners;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>The container's cgroups, and its monitor's.</summary>
internal sealed class CgroupsPart() : Part<CgroupsState>(CgroupsPartJson.Default.CgroupsState)
{
    /// <inheritdoc />
    public override string Name => "cgroups";

    /// <inheritdoc />
    public override IReadOnlyList<PreflightRule> Obstacles => [new DeletedCgroup(), new CgroupOutOfSight(), new CgroupProgramsLost()];

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new CgroupsSaving(
        new CgroupsState
        {
            Cgroups = context.Container.Cgroups,
            Monitor = context.Container.MonitorCgroups,
            Available = CgroupParents.AvailableTo(context.Container.Cgroups),
            Managed = context.Options.ManageCgroups,
        },
        CgroupYard.Make(context.Container), context.Container.InitPid);

    /// <inheritdoc />
    protected override CgroupsState Planned(CgroupsState state, PlanContext context)
    {
        IReadOnlyList<ContainerCgroup> all = [.. state.Cgroups, .. state.Monitor];
        foreach (var cgroup in all)
            ManifestCheck.RequirePath("a cgroup", cgroup.Path);
        // Directories are made and removed by these: they are this host's, whatever the manifest says.
        var here = CgroupDiscovery.OnThisHost(all);
        var own = state.Cgroups.Count;
        state = state with { Cgroups = [.. here.Take(own)], Monitor = [.. here.Skip(own).Where(cgroup => cgroup.Directory is not null)] };
        return Placed(context.Rehearsal is not null || context.Options.Detached ? state with { Monitor = [] } : state, context.Relocation);
    }

    /// <inheritdoc />
    protected override IEnumerable<Finding> Refusals(CgroupsState state, PlanContext context) =>
        from cgroup in state.Cgroups
        where cgroup is { Path: not "/", Directory: { } directory } && new CgroupDirectory(directory).IsPopulated
        select ImageRules.PlaceTaken.Found($"cgroup {cgroup.Directory} has processes in it: the container's place is taken");

    /// <inheritdoc />
    protected override PartReturn Return(CgroupsState state, ReturnContext context) =>
        new CgroupsReturn(state, context.Images, new OwnersPart().Read(context.Plan.States).IsMapped);

    private static CgroupsState Placed(CgroupsState state, CgroupRelocation? relocation) => relocation is null ? state : state with
    {
        Cgroups = [.. state.Cgroups.Select(relocation.Of)],
        Monitor = [.. state.Monitor.Select(relocation.Of)],
    };
}
