using System.Globalization;

namespace LxcNative.Bench;

/// <summary>The running LXC container that benchmarks look at: its init's pid is in LXCNATIVE_BENCH_PID.</summary>
internal static class BenchContainer
{
    public static int Pid { get; } = int.TryParse(Environment.GetEnvironmentVariable("LXCNATIVE_BENCH_PID"), CultureInfo.InvariantCulture, out var pid)
        ? pid
        : throw new InvalidOperationException("LXCNATIVE_BENCH_PID must be the pid of a running container's init: eng/bench makes one and sets it");
}
