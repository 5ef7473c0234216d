using System.Buffers.Text;
using System.Text;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Looks through /proc/PID/maps for the few lines that matter, without a string for the others.</summary>
/// <remarks><code>
/// 7f10f2f58000-7f10f2f59000 rw-s 10000000 00:0e 1042       anon_inode:[io_uring]
/// start        end          perm offset   dev   inode      what
/// </code></remarks>
internal static class MappingScan
{
    private const ulong FourGiB = 1UL << 32;

    /// <summary>Calls <paramref name="visit"/> for each line that matters.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="ordinary">The ordinary files that were seen, as hashes of device, inode and name: each is visited once. Shared by the processes of a mount
    /// namespace.</param>
    /// <param name="visit">Takes the range as map_files names it, the first address and what is mapped.</param>
    /// <returns>Whether there is memory, and all of it below 4 GiB.</returns>
    public static bool Scan(ReadOnlySpan<byte> text, HashSet<ulong> ordinary, Action<string, ulong, string> visit)
    {
        ulong highest = 0;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            var blank = line.IndexOf((byte)' ');
            var dash = line.IndexOf((byte)'-');
            if (blank < 0 || dash <= 0 || dash > blank
                || !Utf8Parser.TryParse(line[..dash], out ulong start, out _, 'x') || !Utf8Parser.TryParse(line[(dash + 1)..blank], out ulong last, out _, 'x'))
                continue;
            var what = What(line[blank..], out var file);
            if (!what.SequenceEqual("[vsyscall]"u8))
                highest = Math.Max(highest, last);
            if (Matters(what) || (!what.IsEmpty && what[0] == (byte)'/' && ordinary.Add(Hash(file))))
                // Below 0x10000000 maps has leading zeros, the names in map_files have none.
                visit($"{start:x}-{last:x}", start, Encoding.UTF8.GetString(what));
        }

        return highest is > 0 and < FourGiB;
    }

    private static bool Matters(ReadOnlySpan<byte> what)
    {
        if (what.IsEmpty)
            return false;
        if (what[0] == (byte)'[')
            return what.SequenceEqual("[uprobes]"u8);
        return what.StartsWith("anon_inode:"u8) || what.EndsWith(" (deleted)"u8) || (what.StartsWith("/dev/"u8) && !what.StartsWith("/dev/shm/"u8));
    }

    // FNV-1a. Two files of one hash would hide one of them from the rules, and nothing worse.
    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var one in text)
            hash = unchecked((hash ^ one) * 1099511628211UL);
        return hash;
    }

    // After permissions, offset, device and inode, separated by single blanks, the name is padded with blanks.
    private static ReadOnlySpan<byte> What(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> file)
    {
        file = default;
        for (var field = 0; field < 4; field++)
        {
            rest = rest.TrimStart((byte)' ');
            if (field == 2)
                file = rest;
            var blank = rest.IndexOf((byte)' ');
            if (blank < 0)
                return default;
            rest = rest[blank..];
        }

        return rest.TrimStart((byte)' ');
    }
}
