using LxcNative.Bench.Live;

namespace LxcNative.Bench.Ways;

/// <summary>A way of checkpointing and restoring an LXC container.</summary>
internal interface IWay
{
    /// <summary>What it is called in tables.</summary>
    string Name { get; }

    /// <summary>Checkpoints.</summary>
    /// <param name="container">The container.</param>
    /// <param name="images">A directory that does not exist.</param>
    /// <param name="leaveRunning">Whether it runs on.</param>
    void Checkpoint(BenchContainer container, string images, bool leaveRunning);

    /// <summary>Restores what a checkpoint that did not leave it running made.</summary>
    void Restore(BenchContainer container, string images);
}
