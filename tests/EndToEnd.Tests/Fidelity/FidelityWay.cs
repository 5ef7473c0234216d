using System.Globalization;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Fidelity;

/// <summary>One way to checkpoint a container and to restore it.</summary>
/// <param name="Name">The column.</param>
/// <param name="Dump">Checkpoints, and ends the container.</param>
/// <param name="Restore">Restores; gives the pid of the container's init.</param>
internal sealed record FidelityWay(string Name, Func<LxcContainer, string, CommandResult> Dump, Func<LxcContainer, string, CommandResult> Restore)
{
    public const string Ours = "lxcnative";

    // As lxc-checkpoint gives them, and criu's page about LXC.
    private static readonly string[] s_options =
    [
        "--tcp-established", "--file-locks", "--link-remap", "--manage-cgroups=full", "--ext-mount-map", "auto", "--enable-external-sharing",
        "--enable-external-masters", "--enable-fs", "hugetlbfs", "--enable-fs", "tracefs", "-v4",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FidelityWay> All { get; } =
    [
        new("criu alone", (container, images) => Command.Run(CriuCommand.Find()!,
            ["dump", "-t", $"{container.InitPid}", "-D", images, "-o", "dump.log", .. s_options]), RestoreByCriu),
        new("lxc-checkpoint", (container, images) => ByLxc(container, () => LxcCheckpoint.Dump(container, images)),
            (container, images) => ByLxc(container, () => LxcCheckpoint.Restore(container, images))),
        new(Ours, (container, images) => ByUs("checkpoint", container.Name, "-D", images), RestoreByUs),
    ];

    private static CommandResult RestoreByUs(LxcContainer container, string images)
    {
        var result = ByUs("restore", "-D", images);
        if (result.Succeeded)
            container.Adopt(int.Parse(result.Output.Trim(), CultureInfo.InvariantCulture));
        return result;
    }

    private static CommandResult ByUs(params string[] words)
    {
        var result = LxcNativeCommand.Run(words);
        return new CommandResult(result.CommandLine, result.ExitCode, result.Output, result.Error);
    }

    private static CommandResult ByLxc(LxcContainer container, Action action)
    {
        try
        {
            action();
            return new CommandResult($"lxc-checkpoint -n {container.Name}", 0, "", "");
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            return new CommandResult($"lxc-checkpoint -n {container.Name}", 1, "", e.Message);
        }
    }

    // criu stays as the parent of init, which dies with it.
    private static CommandResult RestoreByCriu(LxcContainer container, string images)
    {
        // The name is how what is left is found and unmounted.
        var root = Directory.CreateDirectory(Path.Combine(images, $"root-{container.Name}")).FullName;
        Command.Output("mount", "--bind", container.RootfsPath, root);
        var log = Path.Combine(images, "restore.log");
        var pidFile = Path.Combine(images, "init.pid");
        var started = Command.Run("sh", ["-c", "setsid \"$@\" >/dev/null 2>&1 </dev/null & echo $!", "sh", CriuCommand.Find()!, "restore", "-D", images,
            "-o", log, "--root", root, "--pidfile", pidFile, "--external", $"veth[eth0]:{container.HostLinks[0]}@{container.Options.Nics[0].Bridge.Name}",
            .. s_options]);
        var criu = int.Parse(started.Output.Trim(), CultureInfo.InvariantCulture);
        string Said() => File.Exists(log) ? File.ReadAllText(log) : "";
        Wait.Until(() => Said().Contains("Restore finished successfully", StringComparison.Ordinal) || !Directory.Exists($"/proc/{criu}"));
        if (!Said().Contains("Restore finished successfully", StringComparison.Ordinal) || !File.Exists(pidFile))
            return new CommandResult("criu restore", 1, "",
                string.Join('\n', Said().Split('\n').Where(line => line.Contains("Error", StringComparison.Ordinal))));
        container.Adopt(int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture));
        return new CommandResult("criu restore", 0, "", "");
    }
}
