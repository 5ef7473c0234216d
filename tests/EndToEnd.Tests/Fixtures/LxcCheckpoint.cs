namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>lxc-checkpoint, LXC's own way: the baseline.</summary>
public static class LxcCheckpoint
{
    /// <summary>Dumps the container into a fresh directory and stops it.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has the errors of criu's log.</exception>
    public static void Dump(LxcContainer container, string images) =>
        Run(container, images, "dump.log", environment: CriuCommand.SearchEnvironment(), "-s");

    /// <summary>Restores the container, with criu's older mount engine when its bind sources are symbolic links.</summary>
    public static void Restore(LxcContainer container, string images)
    {
        var configuration = Path.Combine(container.ContainerDirectory, "criu.conf");
        File.WriteAllText(configuration, container.Options.ResolvesBindSources ? "" : "mntns-compat-mode\n");
        Run(container, images, "restore.log", CriuCommand.SearchEnvironment(configuration), "-r", "-d");
        Command.Output("lxc-wait", "-n", container.Name, "-s", "RUNNING", "-t", "20");
        container.Adopt(int.Parse(Command.Output("lxc-info", "-n", container.Name, "-p", "-H").Trim()));
        container.FindHostLinks();
    }

    private static void Run(LxcContainer container, string images, string log, Dictionary<string, string?> environment, params string[] options)
    {
        var result = Command.Run("lxc-checkpoint", ["-n", container.Name, "-D", images, .. options], environment);
        if (result.Succeeded)
            return;
        var path = Path.Combine(images, log);
        var errors = File.Exists(path) ? string.Join('\n', File.ReadLines(path).Where(line => line.Contains("Error", StringComparison.Ordinal))) : "";
        throw new InvalidOperationException($"{result}{errors}");
    }
}
