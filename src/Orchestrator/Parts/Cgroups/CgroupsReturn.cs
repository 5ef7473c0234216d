using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>Puts the monitor into its cgroups, and has criu make the container's; both are removed when the container has ended.</summary>
/// <param name="state">The cgroups.</param>
/// <param name="images">The images.</param>
/// <param name="isMapped">Whether the container has a user namespace of its own.</param>
internal sealed class CgroupsReturn(CgroupsState state, MendedImages images, bool isMapped) : PartReturn
{
    private readonly List<string> _shortfalls = [];
    private readonly IReadOnlyList<string> _missing = CgroupParents.Missing([.. state.Cgroups, .. state.Monitor]);
    private IReadOnlyList<SubtreeControl> _controllers = [];
    private Task _entering = Task.CompletedTask;

    /// <inheritdoc />
    public override IEnumerable<Step> Steps =>
    [
        new Step("the cgroups above", () => _shortfalls.AddRange(CgroupParents.Make([.. state.Cgroups, .. state.Monitor], state.Available)))
        {
            Undo = _missing.Count == 0 ? [] : [new CgroupParentsUndo(_missing)],
            Lifetime = Lifetime.Container,
        },
        // The first move to another cgroup takes the kernel some 20 ms, and makes those that criu does next quick.
        new Step("the monitor's cgroups", () => _entering = Task.Run(() => MonitorCgroup.Enter(state.Monitor)))
        {
            Undo = [new MonitorCgroupUndo(state.Monitor, Environment.ProcessId)],
            Lifetime = Lifetime.Container,
        },
        new Step("cgroups", () => { })
        {
            Undo = [new CgroupUndo([.. state.Cgroups.Where(cgroup => cgroup.Path != "/" && cgroup.Directory is not null).Select(cgroup => cgroup.Directory!)])],
            Lifetime = Lifetime.Container,
        },
        new Step("an image of cgroups without their controllers", TakeOut),
        .. isMapped ? [new Step("images of mounts without release agents", TakeOutAgents)] : (IEnumerable<Step>)[],
    ];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => _shortfalls;

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu) => CgroupRoots.DescribeTo(criu, state);

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action == CriuNotifyAction.PostSetupNamespaces)
            _shortfalls.AddRange(ControllerEnabling.Enable(state.Cgroups, _controllers));
    }

    /// <inheritdoc />
    public override void Running(int init)
    {
        try
        {
            _entering.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is LinuxException or IOException or UnauthorizedAccessException)
        {
            _shortfalls.Add($"the container runs, but its monitor is not in the cgroups that LXC has for it: {e.Message}");
        }
    }

    private void TakeOutAgents() => images.RewriteMounts((image, file) => ReleaseAgents.TakeOut(image, file));

    private void TakeOut() => images.Mend("cgroup.img", (original, copy) => ControllerEnabling.TakeOut(original, copy, out _controllers));

    /// <inheritdoc />
    protected override void Close() => ((IAsyncResult)_entering).AsyncWaitHandle.WaitOne();
}
