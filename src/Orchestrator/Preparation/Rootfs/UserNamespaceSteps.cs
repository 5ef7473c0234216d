using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation.Rootfs;

/// <summary>Keeps systemd from giving services user namespaces of their own (PrivateUsers=, which Debian's redis-server has): criu dumps none that is
/// nested in the container, and a process cannot be taken out of one.</summary>
internal static class UserNamespaceSteps
{
    private const string Units = "/etc/systemd/system/";
    // Of all services, from systemd 244 on; a service's own drop-ins have the last word.
    private const string Directory = Units + "service.d";
    private const string DropIn = Directory + "/lxcnative.conf";
    private const string What = "services without user namespaces of their own, " + DropIn;

    private const string Text = """
        # Written by lxcnative container prepare: a nested user namespace cannot be checkpointed (LXN004).
        [Service]
        PrivateUsers=no

        """;

    /// <summary>The steps for a root file system, with what each changes.</summary>
    public static IEnumerable<(string Path, Step Step)> Plan(string root)
    {
        if (!new RootfsPath(root, Units + "x").HasDirectory)
            yield break;
        var dropIn = new RootfsPath(root, DropIn);
        if (dropIn.Exists)
        {
            yield return ("", Step.InPlace(What));
            yield break;
        }

        var directory = new RootfsPath(root, Directory);
        if (!directory.Exists)
            yield return (Directory, new Step($"the directory {Directory}", directory.MakeDirectory, directory.RemoveDirectory));
        else if (!dropIn.HasDirectory)
            // A link that leads nowhere, or a file.
            yield break;
        yield return (DropIn, new Step(What, () => dropIn.Make(Text), dropIn.Remove));
    }

    /// <summary>The steps that take the named changes back: whoever put a file of their own beside ours keeps the directory.</summary>
    public static IEnumerable<Step> PlanUndo(string root, IReadOnlyCollection<string> changed)
    {
        var dropIn = new RootfsPath(root, DropIn);
        if (changed.Contains(DropIn) && dropIn.Exists)
            yield return new Step(What, dropIn.Remove, () => dropIn.Make(Text));
        var directory = new RootfsPath(root, Directory);
        if (changed.Contains(Directory) && directory.Exists && !directory.HasOthers(Path.GetFileName(DropIn)))
            yield return new Step($"the directory {Directory}", directory.RemoveDirectory, directory.MakeDirectory);
    }
}
