using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Processes;

/// <summary>Something that an epoll descriptor watches.</summary>
/// <param name="Number">The number that it was added under.</param>
/// <param name="Events">For which events (epoll_ctl(2)).</param>
/// <param name="Data">What its program gets to know it by.</param>
/// <param name="Inode">The inode of what is watched.</param>
internal readonly record struct EpollWatch(int Number, uint Events, ulong Data, ulong Inode)
{
    private const string Key = "tfd";
    private const string InodeKey = "ino:";
    private const string Descriptor = "anon_inode:[eventpoll]";

    /// <summary>What a process's epoll descriptors watch under a number.</summary>
    /// <exception cref="SyscallException">There is no such process.</exception>
    public static IReadOnlyList<(int Epoll, EpollWatch Watch)> Of(int pid, int number)
    {
        var found = new List<(int, EpollWatch)>();
        foreach (var epoll in ProcessDescriptors.Read(pid).Where(one => one.Target == Descriptor))
            foreach (var (key, value) in ProcessDescriptors.ReadInfo(pid, epoll.Number).Entries)
                if (key == Key && Parse(value) is { } watch && watch.Number == number)
                    found.Add((epoll.Number, watch));
        return found;
    }

    /// <summary>Parses what /proc/PID/fdinfo/N says after "tfd:": <c>4 events: 19 data: 0 pos:0 ino:8f3a sdev:e</c>; null where it is something else.</summary>
    public static EpollWatch? Parse(string text)
    {
        return text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, "events:", var events, "data:", var data, .. var rest]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Hexadecimal(events) is { } what && what <= uint.MaxValue && Hexadecimal(data) is { } known
            && rest.FirstOrDefault(field => field.StartsWith(InodeKey, StringComparison.Ordinal)) is { } inode
            && Hexadecimal(inode[InodeKey.Length..]) is { } target
            ? new EpollWatch(number, (uint)what, known, target) : null;

        static ulong? Hexadecimal(string digits) =>
            ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
