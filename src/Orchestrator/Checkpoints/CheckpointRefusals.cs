using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What is known to fail, or to lose something, before anything is frozen.</summary>
internal static class CheckpointRefusals
{
    private const int CapSysResource = 24;

    /// <summary>Throws for what makes the checkpoint impossible; returns what merely has to be said.</summary>
    /// <exception cref="CheckpointRefusedException">The checkpoint would fail, or (without force) lose a part of the container.</exception>
    public static IReadOnlyList<string> Check(Container container, CheckpointOptions options)
    {
        var warnings = new List<string>();
        if (container.SharesHostNetwork)
            throw new CheckpointRefusedException(
                $"{container.Name} shares the host's network (lxc.net.0.type = none): locking its network would cut off the host. Give it a network of its own (veth, or empty)");
        foreach (var mount in container.Mounts.Where(one => one.Kind == ContainerMountKind.Unsupported))
            throw new CheckpointRefusedException(
                $"mount {mount.Entry.MountPoint} ({mount.Entry.FileSystemType}) cannot be checkpointed: {mount.Reason}. Unmount it in the container, or name it with --external 'mnt[{mount.Entry.MountPoint}]:KEY'",
                null);
        if (container.Mounts.FirstOrDefault(one => one.Entry.MountPoint.AsSpan().ContainsAny("[]:")) is { Kind: ContainerMountKind.External } bracket)
            throw new CheckpointRefusedException($"mount {bracket.Entry.MountPoint} comes from the host and has [, ] or : in its path, which criu's options cannot carry");
        CheckStrangers(container, options, warnings);
        CheckUsers(container);
        return warnings;
    }

    private static void CheckStrangers(Container container, CheckpointOptions options, List<string> warnings)
    {
        if (container.Strangers.Count == 0)
            return;
        var who = string.Join(", ", container.Strangers.Take(5)) + (container.Strangers.Count > 5 ? ", ..." : "");
        var text = $"{container.Strangers.Count} process(es) in the container's cgroups are not in its tree (pid {who}; started by lxc-attach?): they would not be in the images";
        if (options.LeaveRunning || options.Force)
            warnings.Add(text);
        else
            throw new CheckpointRefusedException($"{text} and would be lost. End them, or use --leave-running or --force");
    }

    // criu reads and sets resource limits of each task by prlimit, which needs CAP_SYS_RESOURCE for a task of another user.
    private static void CheckUsers(Container container)
    {
        if ((CurrentProcess.EffectiveCapabilities & (1UL << CapSysResource)) != 0)
            return;
        foreach (var process in container.Processes.SelfAndDescendants())
            if (ProcessGlance.Status(process.Pid) is { } status && status.Uid.Any(uid => uid != 0))
                throw new CheckpointRefusedException(
                    $"process {process.Pid} ({process.Name}) runs as user {status.Uid[0]}, and this process lacks CAP_SYS_RESOURCE: criu could not read its limits. Run where root has all capabilities");
    }
}
