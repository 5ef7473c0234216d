using System.Text.Json;
using LxcNative.Bench.Live;

namespace LxcNative.Bench.Ways;

/// <summary>The command under test, as published.</summary>
/// <param name="drops">Whether it drops packets instead of holding them.</param>
internal sealed class NativeWay(bool drops = false) : IWay
{
    public string Name => drops ? "lxcnative --lock drop" : "lxcnative";

    private string[] Lock => drops ? ["--lock", "drop"] : [];

    /// <summary>What the last checkpoint said of itself.</summary>
    public JsonElement Last { get; private set; }

    public void Checkpoint(BenchContainer container, string images, bool leaveRunning)
    {
        string[] more = leaveRunning ? ["--leave-running"] : [];
        Last = Run(["checkpoint", "--pid", $"{container.InitPid}", "-D", images, .. Lock, .. more]);
    }

    public void Restore(BenchContainer container, string images) => container.InitPid = Run(["restore", "-D", images, .. Lock]).GetProperty("pid").GetInt32();

    private static JsonElement Run(string[] arguments)
    {
        var result = LxcNativeCommand.Run([.. arguments, "--json"]);
        result.OrThrow();
        return result.Json();
    }
}
