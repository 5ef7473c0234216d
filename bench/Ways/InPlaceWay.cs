using LxcNative.Bench.Live;

namespace LxcNative.Bench.Ways;

/// <summary>The command under test, which checkpoints and restores at once.</summary>
/// <param name="rehearse">When the images are rehearsed; null for the default.</param>
internal sealed class InPlaceWay(string? rehearse = null) : IWay
{
    private readonly string[] _options = rehearse is null ? ["--restore"] : ["--restore", "--rehearse", rehearse];

    public string Name => $"lxcnative {string.Join(' ', _options)}";

    public void Checkpoint(BenchContainer container, string images, bool leaveRunning)
    {
        if (leaveRunning)
            throw new NotSupportedException("it is restored, not left running");
        var result = LxcNativeCommand.Run(["checkpoint", "--pid", $"{container.InitPid}", "-D", images, "--json", .. _options]);
        result.OrThrow();
        container.InitPid = result.Json().GetProperty("restored").GetProperty("pid").GetInt32();
    }

    public void Restore(BenchContainer container, string images)
    {
    }
}
