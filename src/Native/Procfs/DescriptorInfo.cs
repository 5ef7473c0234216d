using LxcNative.Native.Errors;

namespace LxcNative.Native.Procfs;

/// <summary>/proc/PID/fdinfo/N (proc_pid_fdinfo(5)).</summary>
/// <param name="Position">The file's offset in bytes.</param>
/// <param name="Flags">Access mode and status flags of open(2).</param>
/// <param name="MountId">The mount it was opened through, as in mountinfo; null before Linux 3.15.</param>
/// <param name="Inode">Its inode; null before Linux 5.14.</param>
/// <param name="Entries">Every line as key and value, in order; keys such as <c>lock</c>, <c>tfd</c> and <c>inotify wd</c> repeat.</param>
internal sealed record DescriptorInfo(
    long Position, uint Flags, int? MountId, ulong? Inode, IReadOnlyList<KeyValuePair<string, string>> Entries)
{
    /// <summary>Parses the file's text. Lines without a key, such as the tables of io_uring, are passed over.</summary>
    /// <exception cref="MalformedProcFileException">pos or flags is missing or not a number.</exception>
    public static DescriptorInfo Parse(ReadOnlySpan<char> text, string file = "fdinfo")
    {
        var lines = KeyValueLines.Parse(text, file, passOverOthers: true);
        return new DescriptorInfo(
            lines.Number<long>("pos"),
            Octal(lines),
            lines.Contains("mnt_id") ? lines.Number<int>("mnt_id") : null,
            lines.Contains("ino") ? lines.Number<ulong>("ino") : null,
            [.. lines.Entries]);
    }

    private static uint Octal(KeyValueLines lines)
    {
        uint value = 0;
        foreach (var digit in lines.Required("flags").AsSpan().Trim())
        {
            if (digit is < '0' or > '7' || value > uint.MaxValue >> 3)
                throw lines.Malformed("flags", "not octal");
            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }
}
