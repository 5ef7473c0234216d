using System.Text.Json;
using LxcNative.Bench.Live;

namespace LxcNative.Bench.Ways;

/// <summary>The command under test, as published.</summary>
internal sealed class NativeWay : IWay
{
    public string Name => "lxcnative";

    /// <summary>What the last checkpoint said of itself.</summary>
    public JsonElement Last { get; private set; }

    public void Checkpoint(BenchContainer container, string images, bool leaveRunning)
    {
        string[] more = leaveRunning ? ["--leave-running"] : [];
        Last = Run(["checkpoint", "--pid", $"{container.InitPid}", "-D", images, .. more]);
    }

    public void Restore(BenchContainer container, string images) => container.InitPid = Run(["restore", "-D", images]).GetProperty("pid").GetInt32();

    private static JsonElement Run(string[] arguments)
    {
        var result = LxcNativeCommand.Run([.. arguments, "--json"]);
        result.OrThrow();
        return result.Json();
    }
}
