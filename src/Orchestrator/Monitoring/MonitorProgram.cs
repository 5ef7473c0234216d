namespace LxcNative.Orchestrator.Monitoring;

/// <summary>Which program becomes the monitor, the parent of a restored container.</summary>
/// <remarks>It must be a process of its own: LXC's init dies with the thread that restored it. The order: what the caller names,
/// LXCNATIVE_MONITOR, this program itself when it offers to (<see cref="ContainerMonitor.RunIfAsked"/>), <c>lxcnative</c> beside this
/// program, then on PATH.</remarks>
internal static class MonitorProgram
{
    private const string Command = "lxcnative";
    private const string Variable = "LXCNATIVE_MONITOR";

    /// <summary>The program with its first arguments.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static IReadOnlyList<string> Find(string? named)
    {
        named ??= Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
            return File.Exists(named) ? [Path.GetFullPath(named)] : throw new FileNotFoundException($"the monitor program {named} does not exist");
        if (ContainerMonitor.ThisProgramOffers)
            return ThisProgram();
        var beside = Path.Combine(AppContext.BaseDirectory, Command);
        if (File.Exists(beside))
            return [beside];
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, Command)).FirstOrDefault(File.Exists);
        return found is not null
            ? [found]
            : throw new FileNotFoundException(
                $"no program can become the restored container's monitor: put {Command} on PATH, name it in {Variable}, or call "
                + "ContainerMonitor.RunIfAsked(args) first thing in Main");
    }

    /// <summary>The program that runs, with its first arguments: one run by the <c>dotnet</c> host is the host with the assembly.</summary>
    public static string[] ThisProgram()
    {
        var self = Environment.ProcessPath ?? "/proc/self/exe";
        var first = Environment.GetCommandLineArgs()[0];
        return Path.GetFileNameWithoutExtension(self) == "dotnet" && first.EndsWith(".dll", StringComparison.Ordinal)
            ? [self, Path.GetFullPath(first)]
            : [self];
    }
}
