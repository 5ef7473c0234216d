namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>
/// What a test needs of the machine. When it is absent the test is skipped with the reason; where LXCNATIVE_REQUIRE
/// names it (a comma list of root, lxc, criu, lxcnative, or all) the test fails instead.
/// </summary>
public static class Requirement
{
    public static void Root() => Check("root", Environment.IsPrivilegedProcess, "the test needs root");

    /// <summary>Root, LXC and the busybox that its template copies.</summary>
    public static void Lxc()
    {
        Root();
        Check("lxc", OnPath("lxc-start") is not null && OnPath("busybox") is not null && OnPath("gcc") is not null,
            "lxc, busybox-static and gcc are not all installed (eng/setup installs them)");
    }

    /// <summary>The distribution's Python, whose libraries the template's containers see.</summary>
    public const string SystemPython = "/usr/bin/python3";

    /// <summary>Python, which the programs of some containers are written in.</summary>
    public static void Python() => Check("python3", File.Exists(SystemPython), "python3 is not installed");

    /// <summary>A registry, and what speaks to one besides this product.</summary>
    public static void Registry() =>
        Check("registry", OnPath("docker-registry") is not null && OnPath("skopeo") is not null,
            "docker-registry and skopeo are not both installed (eng/setup installs them)");

    /// <summary>A criu command.</summary>
    public static void Criu() => Check("criu", CriuCommand.Find() is not null, "there is no criu (eng/setup installs one)");

    /// <summary>The published command.</summary>
    public static void LxcNative() =>
        Check("lxcnative", File.Exists(LxcNativeCommand.Executable), $"{LxcNativeCommand.Executable} is not there (eng/build makes it)");

    /// <summary>The kernel's event tracing.</summary>
    public static void Trace() => Check("tracefs", ExecutionTrace.IsPossible, "the kernel has no tracefs");

    /// <summary>A version 1 hierarchy of the controller.</summary>
    public static void LegacyController(string name) =>
        Check($"cgroup1-{name}", Directory.Exists($"/sys/fs/cgroup/{name}"), $"there is no version 1 hierarchy of {name} here");

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"])
            .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    private static void Check(string name, bool isMet, string reason)
    {
        if (isMet)
            return;
        var required = (Environment.GetEnvironmentVariable("LXCNATIVE_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (required.Contains(name) || required.Contains("all"))
            Assert.Fail(reason);
        Assert.Skip(reason);
    }
}
