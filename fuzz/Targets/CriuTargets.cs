using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Criu.Rpc;
using static LxcNative.Fuzz.Targets.Corpus;

namespace LxcNative.Fuzz.Targets;

/// <summary>criu's images, logs and answers.</summary>
internal static class CriuTargets
{
    private const string Rules = "table inet own {\n\tchain c {\n\t\ttype filter hook input priority filter; policy accept;\n"
        + "\t\tmeta mark 0x1 comment \"a { b }\" drop\n\t}\n}\ntable inet lxcnative-lock-0 {\n\tcomment \"x\"\n\tchain c {\n\t}\n}\n";

    /// <summary>They.</summary>
    public static IReadOnlyList<FuzzTarget> List { get; } =
    [
        Of("criu-inventory", "inventory.img", image => Inventory.Parse(image, "image")),
        Of("criu-mounts", "mountpoints.img", image => MountImage.Parse(image, "image")),
        Of("criu-mounts-apart", "mountpoints.img", image =>
            SlavesApart.Apart(image, "image", SlavesApart.Groups([.. MountImage.Parse(image, "image")]), out _)),
        Of("criu-pstree", "pstree.img", image => ProcessTreeImage.Parse(image, "image")),
        Of("criu-netdev", "netdev.img", image => NetDeviceImage.Parse(image, "image")),
        Of("criu-netns", "netns.img", image => NetNamespaceImage.Parse(image, "image")),
        Of("criu-files", "files.img", image => FilesImage.Parse(image, "image")),
        Of("criu-watches", "files.img", image => WatchesByHandle.LeaveOut(image, "image", out _)),
        Of("criu-core", "core-1.img", image => CoreImage.Parse(image, "image")),
        Of("criu-death-signal", "core-1.img", image => ParentDeathRepair.Repair(image, "image", out _)),
        Of("criu-stats", "stats-dump", image => CriuStats.Parse(image, "image")),
        new FuzzTarget("criu-log", [Text("(00.001) Error (criu/a.c:1): x: \u001b[2J\n(00.002)      1: Warn  (criu/b.c:2): y\nnothing\n")],
            input => CriuLog.Parse(TextOf(input))),
        new FuzzTarget("criu-answer", [[0x08, 0x02, 0x10, 0x01]], input => CriuResponse.Parse(input), typeof(MalformedImageException), typeof(CriuException)),
        new FuzzTarget("criu-nftables", [Text(Rules)], input => NftablesImage.RemoveTable(TextOf(input), "inet", "lxcnative-lock-0"), typeof(FormatException)),
    ];

    private static FuzzTarget Of(string name, string seed, Action<byte[]> parse) => new(name, [Image(seed)], parse, typeof(MalformedImageException));
}
