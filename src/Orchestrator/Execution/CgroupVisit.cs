using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Execution;

/// <summary>This process in a container's cgroups, for as long as it takes to start something there: whatever it starts stays.</summary>
internal sealed class CgroupVisit : IDisposable
{
    // What LXC makes where a cgroup that is divided takes no processes itself.
    private const string Leaf = ".lxc";

    private readonly List<string> _back = [];
    private readonly List<string> _leaves = [];

    /// <summary>What could not be put back.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Enters.</summary>
    /// <exception cref="SyscallException">The kernel refused it; this process is where it was.</exception>
    public static CgroupVisit Begin(IEnumerable<string> directories)
    {
        var visit = new CgroupVisit();
        try
        {
            var hierarchies = CgroupHierarchies.ReadSelf();
            var own = CgroupMembership.Read(Environment.ProcessId).Entries.Select(hierarchies.Directory).OfType<string>().ToList();
            foreach (var directory in directories.Except(own, StringComparer.Ordinal))
            {
                var home = own.FirstOrDefault(one => IsSameHierarchy(hierarchies, one, directory))
                    ?? throw new RefusedException($"this process has no cgroup in the hierarchy of {directory}");
                visit.Enter(directory);
                visit._back.Add(home);
            }

            return visit;
        }
        catch
        {
            visit.Dispose();
            visit.RemoveLeaves();
            throw;
        }
    }

    /// <summary>Makes it so that what is left empty is gone: a leaf that was made for what was started, when that has ended.</summary>
    public void RemoveLeaves()
    {
        foreach (var leaf in _leaves)
            Attempt.Run(Warnings, $"{leaf} is left", () => new CgroupDirectory(leaf).RemoveTree());
    }

    /// <summary>Leaves.</summary>
    public void Dispose()
    {
        foreach (var home in _back)
            Attempt.Run(Warnings, "this process is still in a cgroup of the container", () => new CgroupDirectory(home).AddProcess(Environment.ProcessId));
        _back.Clear();
    }

    private static bool IsSameHierarchy(CgroupHierarchies hierarchies, string one, string other) =>
        hierarchies.Mounts.Any(mount => PathScope.Holds(mount.MountPoint, one) && PathScope.Holds(mount.MountPoint, other));

    private void Enter(string directory)
    {
        try
        {
            new CgroupDirectory(directory).AddProcess(Environment.ProcessId);
        }
        catch (SyscallException e) when (e.Errno is Errno.EBUSY or Errno.EOPNOTSUPP)
        {
            var leaf = new CgroupDirectory($"{directory}/{Leaf}");
            if (!leaf.Exists)
            {
                leaf.Create();
                _leaves.Add(leaf.Path);
            }

            leaf.AddProcess(Environment.ProcessId);
        }
    }
}
