using System.Globalization;
using System.Net;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>The multicast groups that programs of a network namespace have joined.</summary>
internal static class MulticastMemberships
{
    /// <summary>Reads them.</summary>
    /// <param name="pid">A process in the namespace.</param>
    /// <returns>Each as <c>group on device</c>; none where they cannot be read.</returns>
    public static IReadOnlyList<string> Read(int pid) => [.. Parse4(Text($"/proc/{pid}/net/igmp")), .. Parse6(Text($"/proc/{pid}/net/igmp6"))];

    /// <summary>Those in the text of /proc/PID/net/igmp: a line for each device, and below it one for each group, whose address is a number of the
    /// machine.</summary>
    internal static IEnumerable<string> Parse4(string text)
    {
        var device = "";
        foreach (var line in text.Split('\n').Skip(1))
        {
            var fields = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (line.Length > 0 && char.IsAsciiDigit(line[0]) && fields.Length > 1)
                device = fields[1].TrimEnd(':');
            else if (fields is [{ Length: 8 }, ..] && uint.TryParse(fields[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var group)
                && new IPAddress(group) is var address && !IsKernels(address))
                yield return $"{address} on {device}";
        }
    }

    /// <summary>Those in the text of /proc/PID/net/igmp6: index, device and group in each line.</summary>
    internal static IEnumerable<string> Parse6(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var fields = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 2 && fields[2].Length == 32 && fields[2].All(char.IsAsciiHexDigit)
                && new IPAddress(Convert.FromHexString(fields[2])) is var address && !IsKernels(address))
                yield return $"{address} on {fields[1]}";
        }
    }

    // All nodes, all routers where it forwards, all snoopers on a bridge, and the solicited-node groups of its own addresses: the kernel joins them by itself.
    private static bool IsKernels(IPAddress group) => group.GetAddressBytes() switch
    {
        [224, 0, 0, 1 or 2 or 106] => true,
        [0xff, 1 or 2 or 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 or 2 or 0x6a] => true,
        [0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, ..] => true,
        _ => false,
    };

    private static string Text(string file)
    {
        try
        {
            return KernelFile.ReadText(file);
        }
        catch (SyscallException)
        {
            // The process has ended, or the kernel has no such protocol.
            return "";
        }
    }
}
