using LxcNative.Bench.Live;

namespace LxcNative.Bench.Ways;

/// <summary>No checkpoint at all: what clients see of the machine.</summary>
internal sealed class NoWay : IWay
{
    public string Name => "nothing";

    public void Checkpoint(BenchContainer container, string images, bool leaveRunning)
    {
        Directory.CreateDirectory(images);
        Thread.Sleep(250);
    }

    public void Restore(BenchContainer container, string images) => throw new NotSupportedException("there is nothing to restore");
}
