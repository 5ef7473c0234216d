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
        Last = JsonDocument.Parse(Tool.Output(Sources.Command, ["checkpoint", "--pid", $"{container.InitPid}", "-D", images, "--json", .. more])).RootElement;
    }

    public void Restore(BenchContainer container, string images) =>
        container.InitPid = JsonDocument.Parse(Tool.Output(Sources.Command, "restore", "-D", images, "--json")).RootElement.GetProperty("pid").GetInt32();
}
