using System.Diagnostics;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>Waits for a condition by asking for it again and again.</summary>
public static class Wait
{
    /// <summary>True as soon as <paramref name="condition"/> holds, false when it did not within <paramref name="timeout"/> (20 s by default).</summary>
    public static bool Until(Func<bool> condition, TimeSpan? timeout = null)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            if (condition())
                return true;
            Thread.Sleep(10);
        }
        while (Stopwatch.GetElapsedTime(start) < (timeout ?? TimeSpan.FromSeconds(20)));
        return condition();
    }

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not in time; the message names <paramref name="what"/>.</exception>
    public static void For(string what, Func<bool> condition, TimeSpan? timeout = null)
    {
        if (!Until(condition, timeout))
            throw new TimeoutException($"waited in vain: {what}");
    }
}
