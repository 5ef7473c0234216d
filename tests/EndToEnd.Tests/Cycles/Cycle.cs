using System.Text.Json;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>A checkpoint that ends the container, and the restore of it, by the command.</summary>
internal static class Cycle
{
    /// <summary>Checkpoints by pid; the container is gone afterwards.</summary>
    public static JsonElement Checkpoint(LxcContainer container, string images, params IReadOnlyCollection<string> more)
    {
        var result = LxcNativeCommand.Run(["checkpoint", "--pid", $"{container.InitPid}", "-D", images, "--json", .. more]);
        Assert.True(result.ExitCode == 0, result.ToString() + Log(images, "dump.log"));
        return result.Json();
    }

    /// <summary>Restores; the container is adopted by its new init.</summary>
    public static JsonElement Restore(LxcContainer container, string images, params IReadOnlyCollection<string> more)
    {
        var result = LxcNativeCommand.Run(["restore", "-D", images, "--json", .. more]);
        Assert.True(result.ExitCode == 0, result.ToString() + Log(images, "restore.log"));
        var json = result.Json();
        container.Adopt(json.GetProperty("pid").GetInt32());
        return json;
    }

    /// <summary>Checkpoints and restores in its own place; the container is adopted by its new init.</summary>
    public static JsonElement InPlace(LxcContainer container, string images, params IReadOnlyCollection<string> more)
    {
        var result = Checkpoint(container, images, ["--restore", .. more]);
        container.Adopt(result.GetProperty("restored").GetProperty("pid").GetInt32());
        return result;
    }

    private static string Log(string images, string name) =>
        Path.Combine(images, name) is var path && File.Exists(path) ? "\n" + string.Join('\n', File.ReadLines(path).TakeLast(30)) : "";
}
