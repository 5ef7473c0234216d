namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>The criu command: the baseline that the product is compared with.</summary>
public static class CriuCommand
{
    /// <summary>The criu that the product would choose: LXCNATIVE_CRIU, the newest below /opt/lxcnative, PATH; null when there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("LXCNATIVE_CRIU") is { Length: > 0 } chosen)
            return chosen;
        const string prefix = "/opt/lxcnative";
        var installed = Directory.Exists(prefix) ? Directory.GetDirectories(prefix, "criu-*") : [];
        return installed.Select(path => (Path: Path.Combine(path, "bin", "criu"), Version: Version(path))).Where(one => File.Exists(one.Path))
            .OrderByDescending(one => one.Version).Select(one => one.Path).FirstOrDefault() ?? Requirement.OnPath("criu");
    }

    /// <summary>An environment in which lxc-checkpoint finds this criu, with an optional configuration file for it.</summary>
    public static Dictionary<string, string?> SearchEnvironment(string? configurationFile = null) => new()
    {
        ["PATH"] = $"{Path.GetDirectoryName(Find())}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin",
        ["CRIU_CONFIG_FILE"] = configurationFile,
    };

    private static Version Version(string path) =>
        System.Version.TryParse(Path.GetFileName(path)["criu-".Length..].Split('~', '+')[0], out var version) ? version : new Version(0, 0);
}
