using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Comparisons;

/// <summary>What a running container is.</summary>
internal static class RunningFacts
{
    // Longer than any setting of a cgroup.
    private const int MaximumLength = 64 * 1024;

    /// <summary>Reads it, while it goes on.</summary>
    /// <param name="container">The container.</param>
    /// <param name="before">What it is to be compared with: of its cgroups' files those are read that this has.</param>
    public static Facts Read(Container container, Facts before)
    {
        var facts = new Facts();
        ContainerFacts.AddTo(facts, container);
        AddRights(facts, container);
        AddNetwork(facts, container);
        foreach (var (_, item) in before.Keys.Where(key => key.Area == Area.Limits))
            if (LimitItem.Parse(item) is { IsPlain: true } limit
                && container.Cgroups.FirstOrDefault(cgroup => ContainerFacts.NameOf(cgroup) == limit.Hierarchy)?.Directory is { } directory
                && TryRead(directory, limit) is { } value)
                facts.Add(Area.Limits, item, value);
        return facts;
    }

    private static void AddRights(Facts facts, Container container)
    {
        try
        {
            // criu's images have them as they are inside.
            var maps = (IdMap.ReadUsers(container.InitPid), IdMap.ReadGroups(container.InitPid));
            foreach (var process in container.Processes.SelfAndDescendants())
                AddRights(facts, process, maps);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            facts.Lack(Area.Rights, $"{container.Name} has ended meanwhile");
        }
    }

    private static void AddRights(Facts facts, ContainerProcess process, (IReadOnlyList<IdRange>, IReadOnlyList<IdRange>) maps)
    {
        var own = new Facts();
        try
        {
            RightsFacts.AddTo(own, process.PidInside, process.Pid, maps);
        }
        catch (Exception e) when (e is SyscallException { Errno: Errno.ENOENT or Errno.ESRCH } or IOException)
        {
            // It has ended since it was listed: what it had is missing, all of it, and told so.
            return;
        }

        facts.Add(own);
    }

    private static void AddNetwork(Facts facts, Container container)
    {
        if (container.SharesHostNetwork)
            return;
        try
        {
            using var network = Namespace.Open(container.InitPid, NamespaceKind.Net);
            // A lock of ours is no more the container's than it is a checkpoint's.
            var own = LockRecord.Read(LockRecord.PathOf(network))?.TableName;
            using var capture = NetworkCapture.Prepare(network,
                NetworkCaptureOptions.For(container, []) with { IsExcludedTable = (_, name) => name == own });
            NetworkFacts.AddTo(facts, capture.Capture().Complete());
        }
        catch (Exception e) when (e is SyscallException or NetlinkException or NetlinkProtocolException or NetworkCaptureException)
        {
            foreach (var area in Area.OfNetworks)
                facts.Lack(area, $"the network of {container.Name} cannot be read: {e.Message}");
        }
    }

    // What the images name is foreign: nothing outside of the cgroup is opened, nor anything that would not end.
    private static string? TryRead(string cgroup, LimitItem limit)
    {
        try
        {
            using var directory = FileOpen.Open(cgroup, OpenFlags.ReadOnly | OpenFlags.Directory);
            using var file = FileOpen.OpenAt2(directory, limit.Path.Length == 0 ? limit.File : $"{limit.Path}/{limit.File}",
                OpenFlags.ReadOnly | OpenFlags.NoControllingTerminal | OpenFlags.NonBlocking,
                ResolveFlags.Beneath | ResolveFlags.NoSymbolicLinks | ResolveFlags.NoMountCrossing);
            if (FileStatus.Read(file).Type != FileType.Regular)
                return null;
            var content = new byte[MaximumLength];
            using var handle = new SafeFileHandle(file.DangerousGetHandle(), ownsHandle: false);
            using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            var text = Encoding.UTF8.GetString(content, 0, stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)).Trim();
            // criu keeps what can be written of it.
            return limit.File == "memory.oom_control" ? text.Split('\n')[0].Split(' ')[^1] : LimitItem.Value(limit.File, text);
        }
        catch (Exception e) when (e is SyscallException or IOException or UnauthorizedAccessException)
        {
            // A cgroup that is gone, or a file that can only be written.
            return null;
        }
    }
}
