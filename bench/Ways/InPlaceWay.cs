using LxcNative.Bench.Live;

namespace LxcNative.Bench.Ways;

/// <summary>The command under test, which checkpoints and restores at once.</summary>
/// <param name="isRehearsed">Whether the images are rehearsed before the container is let go.</param>
internal sealed class InPlaceWay(bool isRehearsed = true) : IWay
{
    public string Name => isRehearsed ? "lxcnative --restore" : "lxcnative --restore --rehearse never";

    public void Checkpoint(BenchContainer container, string images, bool leaveRunning)
    {
        if (leaveRunning)
            throw new NotSupportedException("it is restored, not left running");
        string[] more = isRehearsed ? [] : ["--rehearse", "never"];
        var result = LxcNativeCommand.Run(["checkpoint", "--pid", $"{container.InitPid}", "-D", images, "--restore", "--json", .. more]);
        result.OrThrow();
        container.InitPid = result.Json().GetProperty("restored").GetProperty("pid").GetInt32();
    }

    public void Restore(BenchContainer container, string images)
    {
    }
}
