using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Takes a monitor out of the cgroups that it had for the container, and removes them.</summary>
/// <param name="Cgroups">The cgroups.</param>
/// <param name="Monitor">The pid of the monitor: another process, which finds this when the monitor is dead, only removes them.</param>
internal sealed record MonitorCgroupUndo(IReadOnlyList<ContainerCgroup> Cgroups, int Monitor) : Undo
{
    /// <inheritdoc />
    public override string What => "the monitor's cgroups";

    /// <inheritdoc />
    public override void Run()
    {
        if (Environment.ProcessId == Monitor)
            MonitorCgroup.Leave(Cgroups);
        else
            Recover();
    }

    /// <inheritdoc />
    public override void Recover() => new CgroupUndo([.. Cgroups.Where(one => one.Directory is not null).Select(one => one.Directory!)]).Recover();
}
