using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Remedies;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>Carries out the remedies that are safe: unmounts what criu cannot dump and nobody uses, and makes mounts private. Drains nothing, kills
/// nothing.</summary>
public static class PreflightFix
{
    private static readonly string[] Unmounted = ["LXN070", "LXN071", "LXN072", "LXN073", "LXN075"];
    private const string MadePrivate = "LXN074";

    /// <summary>Whether there is such a remedy for a rule's findings.</summary>
    /// <param name="id">The rule's id.</param>
    public static bool Mends(string id) => id == MadePrivate || Unmounted.Contains(id);

    /// <summary>Applies what remedies there are to the findings of a container.</summary>
    /// <param name="container">The container that was looked at.</param>
    /// <param name="findings">What was found.</param>
    /// <returns>What was done and what could not be; empty when no finding has a remedy. Look at the container anew afterwards.</returns>
    public static IReadOnlyList<FixAction> Apply(Container container, IEnumerable<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(findings);
        // What was mounted last lies on top.
        var targets = findings.Where(finding => finding.MountPoint is not null && Mends(finding.Id))
            .Select(finding => (Finding: finding, Mount: container.Mounts.LastOrDefault(mount => mount.Entry.MountPoint == finding.MountPoint)))
            .Where(pair => pair.Mount is { Kind: not ContainerMountKind.Root })
            .OrderByDescending(pair => pair.Mount!.Entry.MountPoint.Length).ToList();
        if (targets.Count == 0)
            return [];
        using var mounts = Namespace.Open(container.InitPid, NamespaceKind.Mount);
        return [.. targets.Select(pair => Try(pair.Finding.Id, pair.Mount!))];

        FixAction Try(string id, ContainerMount mount)
        {
            var what = id == MadePrivate
                ? $"made mount {mount.Entry.MountPoint} private"
                : $"unmounted {mount.Entry.MountPoint} ({mount.Entry.FileSystemType})";
            try
            {
                if (id == MadePrivate)
                    MountRemedy.MakePrivate(container.InitPid, mounts, mount.Entry);
                else
                    MountRemedy.Unmount(container.InitPid, mounts, mount.Entry);
                return new FixAction(id, what, null);
            }
            catch (SyscallException e)
            {
                return new FixAction(id, what, e.Message);
            }
        }
    }
}
