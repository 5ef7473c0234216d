using System.Runtime.InteropServices;

namespace LxcNative.Testing;

/// <summary>What a test needs of the machine. What is absent skips the test with the reason, unless LXCNATIVE_REQUIRE (a comma list of
/// <c>root</c>, tools' names, features, or <c>all</c>) names it: then it fails, so that a run can prove that nothing was skipped.</summary>
internal static partial class Requirement
{
    /// <summary>Effective user id 0.</summary>
    public static void Root()
    {
        if (GetEffectiveUserId() != 0)
            Absent("root", "needs root");
    }

    /// <summary>A program in PATH, or in one of the sbin directories.</summary>
    /// <returns>Its absolute path.</returns>
    public static string Tool(string name)
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        foreach (var directory in directories.Concat(["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin"]))
        {
            var path = Path.Combine(directory, name);
            if (File.Exists(path))
                return path;
        }

        Absent(name, $"needs the program {name}");
        return name;
    }

    /// <summary>Anything else that may be absent: a kernel feature, a file.</summary>
    /// <param name="name">What LXCNATIVE_REQUIRE calls it.</param>
    /// <param name="present">Whether it is there.</param>
    /// <param name="reason">What the skip says.</param>
    public static void Feature(string name, bool present, string reason)
    {
        if (!present)
            Absent(name, reason);
    }

    private static void Absent(string name, string reason)
    {
        var required = (Environment.GetEnvironmentVariable("LXCNATIVE_REQUIRE") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (required.Contains(name) || required.Contains("all"))
            Assert.Fail($"{reason}, and LXCNATIVE_REQUIRE demands it");
        Assert.Skip(reason);
    }

    [LibraryImport("libc", EntryPoint = "geteuid", SetLastError = true)]
    private static partial uint GetEffectiveUserId();
}
