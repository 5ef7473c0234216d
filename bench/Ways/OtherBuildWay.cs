using System.Text.Json;
using LxcNative.Bench.Live;

namespace LxcNative.Bench.Ways;

/// <summary>Another build of the command.</summary>
/// <param name="program">Where it is.</param>
/// <param name="name">What it is called in tables.</param>
internal sealed class OtherBuildWay(string program, string name) : IWay
{
    public string Name => name;

    public void Checkpoint(BenchContainer container, string images, bool leaveRunning)
    {
        string[] more = leaveRunning ? ["--leave-running"] : [];
        Run(["checkpoint", "--pid", $"{container.InitPid}", "-D", images, .. more]);
    }

    public void Restore(BenchContainer container, string images) => container.InitPid = Run(["restore", "-D", images]).GetProperty("pid").GetInt32();

    private JsonElement Run(string[] arguments)
    {
        var result = Command.Run(program, [.. arguments, "--json"]);
        result.OrThrow();
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
