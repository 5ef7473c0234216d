using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Parts.Devices;

/// <summary>Gives the container's cgroups their device rules back, which criu loses, before a task runs.</summary>
internal sealed class DevicesReturn(DevicesState state, IReadOnlyList<ContainerCgroup> cgroups, SpanRecorder recorder) : PartReturn
{
    /// <inheritdoc />
    // Removed with the container's other cgroups.
    public override IEnumerable<Step> Steps => [new Step("the devices cgroup", () => DeviceRuleRepair.MakePlace(cgroups, state.Rules))];

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action == CriuNotifyAction.PostRestore)
            recorder.Run(Track.Own, RestoreSpan.Repair, Repair);
    }

    private void Repair()
    {
        DeviceRuleRepair.Repair(cgroups, state.Rules);
        DeviceProgramRepair.Repair(cgroups, state.Programs);
    }
}
