using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;

namespace LxcNative.Orchestrator.Parts.Owners;

/// <summary>Whom files belong to, inside and outside of a container with a user namespace of its own (lxc.idmap): criu restores it as the container's root, who
/// may not read what is root's alone.</summary>
internal sealed class OwnersPart() : Part<OwnersState>(OwnersPartJson.Default.OwnersState)
{
    /// <inheritdoc />
    public override string Name => "owners";

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new OwnersSaving(!context.Container.HasUserNamespace
        ? new OwnersState()
        : new OwnersState
        {
            Users = IdMap.ReadUsers(context.Container.InitPid),
            Groups = IdMap.ReadGroups(context.Container.InitPid),
            Cgroups = CgroupFileOwners.Read(context.Container.Cgroups),
        });

    /// <inheritdoc />
    protected override IEnumerable<Finding> Refusals(OwnersState state, PlanContext context) =>
        state.IsMapped && !(IdMap.IsValid(state.Users) && IdMap.IsValid(state.Groups))
            ? [ImageRules.NotUsable.Found("the manifest names a user namespace that cannot be, or has no root: it is damaged or forged")]
            : [];

    /// <inheritdoc />
    protected override PartReturn Return(OwnersState state, ReturnContext context) => new OwnersReturn(state, context);
}
