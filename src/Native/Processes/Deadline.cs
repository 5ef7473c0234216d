namespace LxcNative.Native.Processes;

/// <summary>The moment at which something has to be over, however many steps it takes.</summary>
/// <remarks>A limit for each step is no limit for the whole: who answers a byte at a time is never late.</remarks>
public readonly record struct Deadline
{
    private readonly long _ticks;

    private Deadline(long ticks) => _ticks = ticks;

    /// <summary>What is left; zero when it is over.</summary>
    public TimeSpan Left => TimeSpan.FromMilliseconds(Math.Max(0, _ticks - Environment.TickCount64));

    /// <summary>Whether it is over.</summary>
    public bool IsOver => Left == TimeSpan.Zero;

    /// <summary>A deadline that long from now.</summary>
    public static Deadline After(TimeSpan time) => new(Environment.TickCount64 + (long)Math.Ceiling(time.TotalMilliseconds));
}
