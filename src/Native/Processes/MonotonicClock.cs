using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Processes;

/// <summary>CLOCK_MONOTONIC: never set, the same in every process of one time namespace.</summary>
internal static unsafe class MonotonicClock
{
    /// <summary>Nanoseconds since an arbitrary moment.</summary>
    /// <exception cref="SyscallException">clock_gettime(2) failed.</exception>
    public static long Nanoseconds()
    {
        timespec time;
        SyscallException.ThrowIfFailed(Libc.ClockGetTime(Clock.CLOCK_MONOTONIC, &time), "clock_gettime", "CLOCK_MONOTONIC");
        return ((long)time.tv_sec * 1_000_000_000) + (long)time.tv_nsec;
    }

    /// <summary>Microseconds since an arbitrary moment: the unit of criu's statistics.</summary>
    /// <inheritdoc cref="Nanoseconds" path="/exception" />
    public static long Microseconds() => Nanoseconds() / 1000;

    /// <summary>The time between two such moments.</summary>
    /// <param name="start">The earlier, in microseconds.</param>
    /// <param name="end">The later.</param>
    public static TimeSpan Between(long start, long end) => new((end - start) * TimeSpan.TicksPerMicrosecond);
}
