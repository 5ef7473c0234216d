using System.Globalization;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>Processes as /proc shows them.</summary>
internal static class ProcessTable
{
    /// <summary>The ids of all processes that are not zombies.</summary>
    public static IEnumerable<int> Living() =>
        Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(IsAlive);

    /// <summary>Whether a process exists and has not ended yet.</summary>
    public static bool IsAlive(int pid) => pid > 0 && State(pid) is not (null or 'Z' or 'X');

    /// <summary>A file of /proc/PID, or an empty text when the process is gone.</summary>
    public static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>What a link of /proc/PID names (ns/pid, exe, fd/3), or an empty text.</summary>
    public static string Link(int pid, string link)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/{link}").LinkTarget ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>The value of a line of /proc/PID/status.</summary>
    public static string Status(int pid, string key) =>
        Read(pid, "status").Split('\n').FirstOrDefault(line => line.StartsWith(key + ":", StringComparison.Ordinal))?[(key.Length + 1)..].Trim() ?? "";

    /// <summary>The arguments, separated by spaces.</summary>
    public static string CommandLine(int pid) => Read(pid, "cmdline").TrimEnd('\0').Replace('\0', ' ');

    /// <summary>The ids of its children, none when it is gone; one that ends meanwhile may be among them.</summary>
    public static List<int> Children(int pid)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{pid}/task")
                .SelectMany(task => Read(pid, $"task/{Path.GetFileName(task)}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>The time of its start in clock ticks after boot: with the pid it identifies a process.</summary>
    public static string StartTime(int pid)
    {
        var stat = Read(pid, "stat");
        return stat.Length == 0 ? "" : stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
    }

    private static char? State(int pid)
    {
        var stat = Read(pid, "stat");
        return stat.Length == 0 ? null : stat[stat.LastIndexOf(')') + 2];
    }
}
