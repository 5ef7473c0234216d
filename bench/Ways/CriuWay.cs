using System.Globalization;
using LxcNative.Bench.Live;

namespace LxcNative.Bench.Ways;

/// <summary>The criu command with options of one's own.</summary>
/// <param name="name">What it is called.</param>
/// <param name="options">Options of the dump.</param>
/// <param name="hasScript">Whether a script takes the host's end off the bridge, as the article has it.</param>
internal sealed class CriuWay(string name, IReadOnlyList<string> options, bool hasScript) : IWay
{
    // The article's, with the options that today's criu wants instead of -n and --veth-pair.
    private static readonly string[] Common =
    [
        "--tcp-established", "--file-locks", "--link-remap", "--manage-cgroups=soft", "--ext-mount-map", "auto", "--enable-external-sharing",
        "--enable-external-masters",
    ];

    public string Name => name;

    /// <summary>As the article has it: a script that locks, and criu's own lock.</summary>
    public static CriuWay Documented() => new("criu, as documented", [], hasScript: true);

    /// <summary>What makes the criu command fastest: its nftables lock, no log.</summary>
    public static CriuWay Best() => new("criu, best options", ["--network-lock", "nftables", "-v0"], hasScript: false);

    public void Checkpoint(BenchContainer container, string images, bool leaveRunning)
    {
        Directory.CreateDirectory(images);
        string[] more = leaveRunning ? ["--leave-running"] : [];
        Run(images, "dump", ["-t", $"{container.InitPid}", .. more, .. Script(container, images)]);
    }

    /// <summary>Checkpoints, left running, and says whether criu could.</summary>
    public bool TryCheckpoint(BenchContainer container, string images)
    {
        Directory.CreateDirectory(images);
        return Tool.Try(Criu.Path, ["dump", "-D", images, "-o", "dump.log", .. Common, .. options, "-t", $"{container.InitPid}", "--leave-running"]).Succeeded;
    }

    public void Restore(BenchContainer container, string images)
    {
        var root = Path.Combine(Path.GetTempPath(), container.Name);
        Directory.CreateDirectory(root);
        // It should be a root of a (bind) mount.
        Tool.Output("mount", "--bind", container.Rootfs, root);
        try
        {
            var bridge = hasScript ? "" : "@" + container.Bridge;
            Run(images, "restore",
                ["--root", root, "--restore-detached", "--pidfile", Path.Combine(images, "pid"), "--external", $"veth[eth0]:{container.HostLink}{bridge}",
                .. Script(container, images)]);
        }
        finally
        {
            Tool.Output("umount", "-l", root);
            Directory.Delete(root);
        }

        container.InitPid = int.Parse(File.ReadAllText(Path.Combine(images, "pid")), CultureInfo.InvariantCulture);
    }

    private void Run(string images, string action, string[] arguments)
    {
        var result = Tool.Try(Criu.Path, [action, "-D", images, "-o", $"{action}.log", .. Common, .. options, .. arguments]);
        if (result.Succeeded)
            return;
        var log = Path.Combine(images, $"{action}.log");
        var errors = File.Exists(log) ? File.ReadLines(log).Where(line => line.Contains("Error", StringComparison.Ordinal)) : [];
        throw new InvalidOperationException($"{result}{string.Join('\n', errors)}");
    }

    private string[] Script(BenchContainer container, string images)
    {
        if (!hasScript)
            return [];
        var path = Path.Combine(images, "net-script.sh");
        File.WriteAllText(path, $"""
            #!/bin/sh
            case $CRTOOLS_SCRIPT_ACTION in
            network-lock) brctl delif {container.Bridge} {container.HostLink} ;;
            network-unlock) ip link set {container.HostLink} up; brctl addif {container.Bridge} {container.HostLink} ;;
            esac
            """);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return ["--action-script", path];
    }
}
