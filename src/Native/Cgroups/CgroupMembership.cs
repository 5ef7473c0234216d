using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Cgroups;

/// <summary>The cgroups a process is in: one of every hierarchy (/proc/PID/cgroup).</summary>
/// <param name="Entries">In the kernel's order.</param>
public sealed record CgroupMembership(IReadOnlyList<CgroupEntry> Entries)
{
    private const string DeletedSuffix = " (deleted)";

    /// <summary>The one of the unified hierarchy; null where it does not exist.</summary>
    public CgroupEntry? Unified => Entries.FirstOrDefault(entry => entry.IsUnified);

    /// <summary>The one of the v1 hierarchy with this controller; null where there is none.</summary>
    public CgroupEntry? WithController(string controller) => Entries.FirstOrDefault(entry => entry.Controllers.Contains(controller));

    /// <summary>The one of the named v1 hierarchy; null where there is none.</summary>
    public CgroupEntry? WithName(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    /// <summary>Reads it for a process.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such process.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static CgroupMembership Read(int pid)
    {
        var path = $"/proc/{pid}/cgroup";
        return Parse(KernelFile.ReadText(path), path);
    }

    /// <summary>Parses the file's text.</summary>
    /// <exception cref="MalformedProcFileException">A line is not <c>id:controllers:path</c>.</exception>
    public static CgroupMembership Parse(ReadOnlySpan<char> text, string file = "cgroup")
    {
        var entries = new List<CgroupEntry>();
        var number = 0;
        foreach (var range in text.Split('\n'))
        {
            number++;
            if (!text[range].IsEmpty)
                entries.Add(ParseLine(new ProcText(file, number, text[range])));
        }

        return new CgroupMembership(entries);
    }

    private static CgroupEntry ParseLine(ProcText line)
    {
        var text = line.Line;
        var first = text.IndexOf(':');
        // A path may hold colons, and the name of a hierarchy too: "1:name=a:b:/path" cannot be told from its text, the path begins with '/'.
        var second = first < 0 ? -1 : text[(first + 1)..].IndexOf(":/");
        if (second < 0)
            throw line.Malformed("not id:controllers:path");
        second += first + 1;
        var controllers = text[(first + 1)..second];
        var name = controllers.StartsWith("name=") ? controllers["name=".Length..].ToString() : null;
        var path = text[(second + 1)..];
        var deleted = path.EndsWith(DeletedSuffix);
        return new CgroupEntry(
            line.Number<int>(text[..first], "hierarchy id"),
            name is not null || controllers.IsEmpty ? [] : controllers.ToString().Split(','),
            name,
            (deleted ? path[..^DeletedSuffix.Length] : path).ToString(),
            deleted);
    }
}
