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
        Remedy = "Copy the directory again, whole, with its owner and mode.",
    };

    public static readonly RuleDescription PlaceTaken = new()
    {
        Id = "LXN201",
        Title = "The container runs",
        Severity = FindingSeverity.BlocksRestore,
        SeenBy = "LXC’s command socket, the records of restored containers, the cgroups",
        Why = "The checkpoint has the same pids, addresses and cgroups as the container that runs.",
        Remedy = "Stop it first.",
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

    /// <summary>All of them.</summary>
    public static readonly RuleDescription[] All = [NotUsable, PlaceTaken, HostLacks, OtherCriu, OtherKernel];
}
