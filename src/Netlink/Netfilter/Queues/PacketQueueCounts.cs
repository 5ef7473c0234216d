using System.Globalization;

namespace LxcNative.Netlink.Netfilter.Queues;

/// <summary>What a queue has seen.</summary>
/// <param name="Queued">Packets that were put into it.</param>
/// <param name="Waiting">Those of them that still wait.</param>
/// <param name="Overflowed">Packets that were dropped because it was full.</param>
internal readonly record struct PacketQueueCounts(long Queued, long Waiting, long Overflowed)
{
    private const int Columns = 8;

    /// <summary>Finds a queue in the content of /proc/net/netfilter/nfnetlink_queue.</summary>
    /// <remarks><code>
    /// queue, port id, waiting, copy mode, copy range, dropped full, dropped by the socket, last identifier, 1
    /// 49428  48213     2     1     0     0     0        7  1
    /// </code></remarks>
    /// <returns>Null where it is not there, or its line makes no sense.</returns>
    public static PacketQueueCounts? Parse(string content, ushort queue)
    {
        foreach (var line in content.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < Columns || !ushort.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number != queue)
                continue;
            return long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var waiting)
                && long.TryParse(words[5], NumberStyles.None, CultureInfo.InvariantCulture, out var full)
                && long.TryParse(words[6], NumberStyles.None, CultureInfo.InvariantCulture, out var refused)
                && long.TryParse(words[7], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                    // A packet that its socket did not take had got an identifier already.
                    ? new PacketQueueCounts(last - refused, waiting, full + refused)
                    : null;
        }

        return null;
    }
}
