using System.Globalization;

namespace LxcNative.Bench.Live;

/// <summary>What the container's kernel counts of its TCP.</summary>
internal static class ContainerCounters
{
    /// <summary>How many segments it has sent again.</summary>
    public static long Retransmissions(BenchContainer container)
    {
        var lines = File.ReadLines($"/proc/{container.InitPid}/net/snmp").Where(line => line.StartsWith("Tcp:", StringComparison.Ordinal))
            .Select(line => line.Split(' ')).ToList();
        return long.Parse(lines[1][Array.IndexOf(lines[0], "RetransSegs")], CultureInfo.InvariantCulture);
    }
}
