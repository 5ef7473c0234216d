namespace LxcNative.Bench.Tables;

/// <summary>What a kind of client saw of one way.</summary>
internal sealed class GapResult
{
    public Series Gaps { get; } = new();

    /// <summary>lxcnative's own figures, in microseconds.</summary>
    public Series Locking { get; } = new();

    /// <inheritdoc cref="Locking" />
    public Series Unlocking { get; } = new();

    public long SentAgain { get; private set; }

    public long Lost { get; private set; }

    /// <summary>How often no checkpoint came about; the container ran on.</summary>
    public int Failed { get; set; }

    public void Add(double gap, long sentAgain, long lost)
    {
        Gaps.Add(gap);
        SentAgain += sentAgain;
        Lost += lost;
    }
}
