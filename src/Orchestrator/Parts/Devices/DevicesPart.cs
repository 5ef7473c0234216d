using System.Text.Json;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Cgroups;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Parts.Devices;

/// <summary>Which devices the container may use: the lists of version 1 cgroups, the programs of version 2.</summary>
internal sealed class DevicesPart() : Part<DevicesState>(DevicesPartJson.Default.DevicesState)
{
    /// <inheritdoc />
    public override string Name => "devices";

    /// <inheritdoc />
    public override IReadOnlyList<PreflightRule> Obstacles => [new DeviceRulesLost()];

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new StateSaving(new DevicesState
    {
        Rules = [.. context.Container.Cgroups.Where(HasList)
            .Select(cgroup => new DeviceRules(cgroup.Path, File.ReadAllLines(Path.Combine(cgroup.Directory!, "devices.list"))))],
        Programs = DeviceProgramCapture.Take(context.Container.Cgroups),
    });

    /// <inheritdoc />
    public override JsonElement Plan(PartStates states, PlanContext context)
    {
        var state = Read(states);
        if (context.Relocation is not { } relocation)
            return Write(state);
        var roots = new CgroupsPart().Read(states).Cgroups;
        return Write(state with
        {
            Rules = [.. state.Rules.Select(rule => rule with { Path = relocation.Below(rule.Path, roots) })],
            Programs = [.. state.Programs.Select(one => one with { Path = relocation.Below(one.Path, roots) })],
        });
    }

    /// <inheritdoc />
    protected override PartReturn Return(DevicesState state, ReturnContext context) =>
        new DevicesReturn(state, new CgroupsPart().Read(context.Plan.States).Cgroups, context.Recorder);

    private static bool HasList(ContainerCgroup cgroup) => cgroup.Directory is not null && cgroup.Controllers.Contains("devices") && cgroup.Path != "/";
}
