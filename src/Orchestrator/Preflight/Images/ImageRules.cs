using LxcNative.Orchestrator.Parts;

namespace LxcNative.Orchestrator.Preflight.Images;

/// <summary>What can be wrong with images, and with the host that they are to be restored on.</summary>
internal static class ImageRules
{
    public static readonly RuleDescription NotUsable = new()
    {
        Id = "LXN200",
        Title = "No complete checkpoint",
        Severity = FindingSeverity.BlocksRestore,
        SeenBy = "The manifest, and the owner, names and sizes of the files",
        Why = "A restore runs as root what the images say: they have to be complete, unchanged and root’s alone.",
        Remedy = "Name the checkpoint's own directory; where it was copied, copy it again, whole, with its owner and mode.",
    };

    public static readonly RuleDescription PlaceTaken = new()
    {
        Id = "LXN201",
        Title = "The container runs",
        Severity = FindingSeverity.BlocksRestore,
        SeenBy = "LXC’s command socket, the records of restored containers, the cgroups",
        Why = "The checkpoint has the same pids, addresses and cgroups as the container that runs.",
        Remedy = "Stop it first, which loses what it did since the checkpoint: where that counts, checkpoint it again instead. Or "
            + "restore this one beside it, under another name (--name NEW).",
    };

    public static readonly RuleDescription HostLacks = new()
    {
        Id = "LXN202",
        Title = "The host lacks what the container is made of",
        Severity = FindingSeverity.BlocksRestore,
        SeenBy = "Paths of the root and of mounts from the host, names of devices and bridges",
        Why = "The root file system and what is bound from the host are not in the images.",
        Remedy = "Make what is missing, or name where it is now (--root, --veth-pair).",
    };

    public static readonly RuleDescription OtherCriu = new()
    {
        Id = "LXN203",
        Title = "Images of a newer criu",
        Severity = FindingSeverity.BlocksRestore,
        SeenBy = "The manifest, and the criu of this host",
        Why = "criu reads images of older versions, not of newer ones.",
        Remedy = "Use the criu that wrote them, or a newer one.",
        CriuMessage = "Not supported images version N",
    };

    public static readonly RuleDescription OtherKernel = new()
    {
        Id = "LXN204",
        Title = "Images of another kernel",
        Severity = FindingSeverity.Note,
        SeenBy = "The manifest, and /proc/sys/kernel/osrelease",
        Why = "A kernel of another version, and a processor of another kind, may lack what the programs found where they started.",
        Remedy = "Nothing, while it is newer; look at restore.log if it fails.",
    };

    public static readonly RuleDescription NotPlannable = new()
    {
        Id = "LXN208",
        Title = "The options do not fit the checkpoint",
        Severity = FindingSeverity.BlocksRestore,
        SeenBy = "The manifest, and the options of the restore",
        Why = "An option names something that the container does not have, or the images hold what this version does not know.",
        Remedy = "Correct the option; for images of a newer version use that version.",
    };

    public static readonly RuleDescription NotHashed = new()
    {
        Id = "LXN209",
        Title = "Images whose content cannot be compared",
        Severity = FindingSeverity.Note,
        SeenBy = "The manifest, and the libraries of this host",
        Why = "Only sizes tell whether the images are what the checkpoint wrote. Hashes are missing where the checkpoint was made by 0.1.0, or ended before "
            + "they were known.",
        Remedy = "Nothing, where the images were not copied; install libssl3 where that is what is missing.",
    };

    public static readonly RuleDescription RehearsalFailed = new()
    {
        Id = "LXN210",
        Title = "The rehearsal failed",
        Severity = FindingSeverity.BlocksRestore,
        SeenBy = "A restore beside whatever runs, ended before anything of it has run (--rehearse)",
        Why = "What the rehearsal could not bring back, a restore on this host cannot bring back either: the container would be lost.",
        Remedy = "Mend what the message names, in the container or on this host. --rehearse never takes the risk.",
    };

    public static readonly RuleDescription NotRehearsed = new()
    {
        Id = "LXN211",
        Title = "Not rehearsed",
        Severity = FindingSeverity.Note,
        SeenBy = "The attempt (--rehearse)",
        Why = "Whether the images come back could not be tried beside what runs; that says nothing of a restore.",
        Remedy = "Nothing, or what the message names.",
    };

    /// <summary>All of them, with those of the parts.</summary>
    public static readonly RuleDescription[] All =
        [.. ((RuleDescription[])[NotUsable, PlaceTaken, HostLacks, OtherCriu, OtherKernel, NotPlannable, NotHashed, RehearsalFailed, NotRehearsed,
            .. PartList.All.SelectMany(part => part.RestoreRules)]).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
}
