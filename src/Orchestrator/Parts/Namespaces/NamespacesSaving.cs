using LxcNative.Native.Criu;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Namespaces;

/// <summary>Shows criu the container's own namespaces in the place of those inside of it that say the same. The processes are not touched.</summary>
internal sealed class NamespacesSaving : PartSaving
{
    private readonly ContainerSnapshot _snapshot;
    private readonly Dictionary<ulong, string?> _compared;
    private readonly HashSet<int> _covered = [];
    private readonly List<(int Pid, NamespaceKind Kinds)> _nested;
    private CriuWorker? _criu;

    private NamespacesSaving(ContainerSnapshot snapshot)
    {
        _snapshot = snapshot;
        _compared = new Dictionary<ulong, string?>(snapshot.NestedNamespaces);
        _nested = [.. Alike(snapshot.Processes.Where(process => process.Namespaces.Mount != 0).Select(process => (process.Pid, process.Namespaces)))];
        var kinds = _nested.ToDictionary(one => one.Pid, one => one.Kinds);
        State = new NamespacesState
        {
            Joined =
            [
                .. snapshot.Processes.Where(process => kinds.ContainsKey(process.Pid))
                    .Select(process => new JoinedProcess(process.PidInside, process.Name, kinds[process.Pid].ToString())),
            ],
        };
    }

    /// <inheritdoc />
    public override PartState State { get; }

    /// <summary>Finds out what has to be shown.</summary>
    public static NamespacesSaving Prepare(ContainerSnapshot snapshot) => new(snapshot);

    /// <inheritdoc />
    public override Func<CriuWorker>? PlaceForCriu(CriuInstallation installation, CriuKerndat? kerndat, Func<CriuWorker> start) =>
        _nested.Count == 0 ? null : () => NamespaceCover.InOwnMounts(start);

    /// <inheritdoc />
    public override void Started(CriuWorker criu)
    {
        if (_nested.Count == 0)
            return;
        _criu = criu;
        Cover(_nested);
    }

    /// <inheritdoc />
    // A service that is started in the meantime has a process in such a namespace, too, and a process there may have started others.
    public override void Asked()
    {
        if (_criu is null)
            return;
        var others = ProcessTree.Read(_snapshot.Container.InitPid).SelfAndDescendants().Where(process => !_covered.Contains(process.Pid));
        Cover([.. Alike(others.Select(process => (process.Pid, ProcessCollector.NamespacesOf(process.Pid))))]);
    }

    private void Cover(List<(int Pid, NamespaceKind Kinds)> tasks)
    {
        if (tasks.Count == 0)
            return;
        NamespaceCover.Lay(_criu!.Pid, _snapshot.Container.InitPid, tasks);
        _covered.UnionWith(tasks.Select(task => task.Pid));
    }

    // One that is not alike is shown as it is: criu refuses it then, and the container runs on.
    private IEnumerable<(int Pid, NamespaceKind Kinds)> Alike(IEnumerable<(int Pid, NamespaceInodes Namespaces)> processes)
    {
        var home = _snapshot.Init.Namespaces;
        foreach (var (pid, namespaces) in processes.Where(process => process.Namespaces.User == home.User))
        {
            var others = NamespaceComparison.Others(namespaces, home);
            if (others != NamespaceKind.None && NamespaceKind.All.Where(kind => (kind & others) != 0).All(kind => IsAlike(kind, namespaces.Of(kind), pid)))
                yield return (pid, others);
        }
    }

    private bool IsAlike(NamespaceKind kind, ulong inode, int pid)
    {
        if (_compared.TryGetValue(inode, out var difference))
            return difference is null;
        if (!NamespaceComparison.TryCompare(kind, pid, _snapshot.Container.InitPid, out difference))
            return false;
        _compared[inode] = difference;
        return difference is null;
    }
}
