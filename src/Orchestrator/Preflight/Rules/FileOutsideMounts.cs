using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Preflight.Remedies;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>File of a mount that the container has not got.</summary>
internal sealed class FileOutsideMounts() : PreflightRule(new RuleDescription
{
    Id = "LXN030",
    Title = "File of a mount that the container has not got",
    Severity = FindingSeverity.Blocks,
    SeenBy = "mnt_id of what /proc/PID/fd, exe and cwd name, compared with mountinfo",
    Why = "The file was opened on the host before the container was entered, or its mount was detached since: there is no path in the container by which it "
        + "could be opened again.",
    Remedy = "A job that lxc-attach left in the background: end it, and start it with nothing open of the host’s. Else close it before the container starts "
        + "(start it from a clean environment), or make the program open it again; a program that is outside of the root has to be started from inside.",
    Permit = "--external file[MOUNT:INODE]:KEY",
    CriuMessage = "Can't lookup mount=N for fd=N path=PATH",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        // What is given by name has no mount for criu: a terminal of the host that took the place of another at a restore.
        var given = HostTerminal.Given(snapshot.Container, options);
        bool IsGiven(ObservedFile file) => file.IsTerminal && given.Contains(HostTerminal.Name(file));
        foreach (var process in snapshot.Processes)
        {
            var seen = new HashSet<int>();
            foreach (var file in process.Files.Where(file => file.HasPath && snapshot.MountAnywhere(file) is null && !IsGiven(file)))
            {
                // Program and directory are reported once for a mount: a descriptor may be of it as well.
                if (file.Number >= 0 || seen.Add(file.MountId))
                    yield return Found(file, $"{file.Target} is of mount {file.MountId}, which the container has not got",
                        $"Can't lookup mount={file.MountId} for fd=") with
                    {
                        Remedy = WasAttached(file, snapshot) ? LeftByAttach.Remedy(process) : Description.Remedy,
                        Permit = file.Number >= 0 ? $"--external file[{file.MountId:x}:{file.Inode:x}]:KEY" : null,
                    };
            }
        }
    }

    // What the init has of the host's, its children have from it.
    private static bool WasAttached(ObservedFile file, ContainerSnapshot snapshot) => file.Process != snapshot.Init
        && snapshot.Host.Mounts.Contains(file.MountId) && !snapshot.Init.Files.Any(one => one.HasPath && snapshot.Host.Mounts.Contains(one.MountId));
}
