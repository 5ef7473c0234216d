using System.Globalization;
using LxcNative.Native.Criu.Images;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Orchestrator.Comparisons;

/// <summary>What a checkpoint says of its container: its manifest, the network that was captured, and criu's images of tasks and cgroups.</summary>
internal static class CheckpointFacts
{
    /// <summary>Reads it.</summary>
    /// <param name="directory">The checkpoint's directory.</param>
    /// <exception cref="RefusedException">It is no checkpoint, others than root could have written it, or an image is not what it should be.</exception>
    public static Facts Read(string directory)
    {
        var manifest = CheckpointManifest.Read(directory);
        using var use = ImagesUse.Begin(directory);
        if (ImagesTrust.Check(directory, manifest).FirstOrDefault() is { } trouble)
            throw new RefusedException($"the checkpoint in {directory} cannot be compared: {trouble.Seen}");
        var facts = new Facts();
        ContainerFacts.AddTo(facts, manifest.Container);
        try
        {
            AddNetwork(facts, directory, manifest);
            foreach (var process in manifest.Container.Processes.SelfAndDescendants())
                AddRights(facts, Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"core-{process.PidInside}.img")), process.PidInside);
            AddLimits(facts, Path.Combine(directory, "cgroup.img"));
        }
        catch (Exception e) when (e is MalformedImageException or MalformedNetworkImageException or NetlinkProtocolException)
        {
            throw new RefusedException($"the checkpoint in {directory} is damaged: {e.Message}", e);
        }

        return facts;
    }

    private static void AddNetwork(Facts facts, string directory, CheckpointManifest manifest)
    {
        if (NetworkImageFile.IsIn(manifest))
            NetworkFacts.AddTo(facts, NetworkImageFile.ReadFile(Path.Combine(directory, NetworkImageFile.Name)));
        // That of the host is nobody's to compare.
        else if (!manifest.Container.SharesHostNetwork)
            foreach (var area in Area.OfNetworks)
                facts.Lack(area, $"criu saved the network of {directory}, in images of its own");
    }

    private static void AddRights(Facts facts, string file, int pid)
    {
        if (File.Exists(file))
            RightsFacts.AddTo(facts, pid, TaskRights.Parse(File.ReadAllBytes(file), file));
    }

    private static void AddLimits(Facts facts, string file)
    {
        if (!File.Exists(file))
            return;
        // Not who is in them.
        foreach (var property in CgroupProperty.Parse(File.ReadAllBytes(file), file)
            .Where(one => one.Name is not ("cgroup.procs" or "tasks" or "cgroup.threads")))
            facts.Add(Area.Limits, LimitItem.Of(property), LimitItem.Value(property.Name, property.Value));
    }
}
