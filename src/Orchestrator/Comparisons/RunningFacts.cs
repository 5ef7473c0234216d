using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network.Capturing;

namespace LxcNative.Orchestrator.Comparisons;

/// <summary>What a running container is.</summary>
internal static class RunningFacts
{
    /// <summary>Reads it, while it goes on.</summary>
    /// <param name="container">The container.</param>
    /// <param name="before">What it is to be compared with: of its cgroups' files those are read that this has.</param>
    public static Facts Read(Container container, Facts before)
    {
        var facts = new Facts();
        ContainerFacts.AddTo(facts, container);
        foreach (var process in container.Processes.SelfAndDescendants())
            AddRights(facts, process);
        AddNetwork(facts, container);
        var directories = container.Cgroups.Where(cgroup => cgroup.Directory is not null).ToDictionary(ContainerFacts.NameOf, cgroup => cgroup.Directory!);
        foreach (var (_, item) in before.Keys.Where(key => key.Area == Area.Limits))
            if (LimitItem.Parse(item) is var (hierarchy, path, file) && directories.TryGetValue(hierarchy, out var directory)
                && TryRead(Path.Combine(directory, path, file)) is { } value)
                facts.Add(Area.Limits, item, value);
        return facts;
    }

    private static void AddRights(Facts facts, ContainerProcess process)
    {
        try
        {
            RightsFacts.AddTo(facts, process.PidInside, process.Pid);
        }
        catch (Exception e) when (e is SyscallException { Errno: Errno.ENOENT or Errno.ESRCH } or FileNotFoundException or DirectoryNotFoundException)
        {
            // It has ended since it was listed: what it had is missing, and told so.
        }
    }

    private static void AddNetwork(Facts facts, Container container)
    {
        if (container.SharesHostNetwork)
            return;
        try
        {
            using var network = Namespace.Open(container.InitPid, NamespaceKind.Net);
            using var capture = NetworkCapture.Prepare(network, NetworkCaptureOptions.For(container, []));
            NetworkFacts.AddTo(facts, capture.Capture().Complete());
        }
        catch (Exception e) when (e is SyscallException or NetlinkException or NetworkCaptureException)
        {
            foreach (var area in Area.OfNetworks)
                facts.Lack(area, $"the network of {container.Name} cannot be read: {e.Message}");
        }
    }

    private static string? TryRead(string file)
    {
        try
        {
            var text = File.ReadAllText(file).Trim();
            // criu keeps what can be written of it.
            return Path.GetFileName(file) == "memory.oom_control" ? text.Split('\n')[0].Split(' ')[^1] : text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cgroup that is gone, or a file that can only be written.
            return null;
        }
    }
}
