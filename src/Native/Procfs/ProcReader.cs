using System.Buffers.Text;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Procfs;

/// <summary>Reads files of /proc into one buffer that is used again and again. Not for several threads; one for each.</summary>
/// <remarks>What is returned is valid until the next call. A process or file that is gone is an empty answer: processes end while they are looked at.</remarks>
internal sealed unsafe class ProcReader
{
    private const int LongestLink = 8192;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly byte[] _link = new byte[LongestLink];
    private readonly char[] _characters = new char[LongestLink];
    private byte[] _text = new byte[64 * 1024];

    /// <summary>Opens a directory as a place; -1 when it is gone. The caller closes it.</summary>
    public static int OpenPlace(string path)
    {
        fixed (byte* bytes = CString.From(path))
            return Opened(FileOpen.OpenAt(Fcntl.AT_FDCWD, bytes, OpenFlags.Path | OpenFlags.Directory), path);
    }

    /// <summary>Closes what <see cref="OpenPlace"/> opened.</summary>
    public static void Close(int place) => _ = Libc.Close(place);

    /// <summary>The whole text of a file in a directory.</summary>
    /// <param name="directory">The directory's descriptor.</param>
    /// <param name="name">The name, with a NUL at its end.</param>
    /// <param name="isOneRecord">Whether the kernel makes the text as a whole (single_open of seq_file): a read that is not full is the last then.</param>
    public ReadOnlySpan<byte> Read(int directory, ReadOnlySpan<byte> name, bool isOneRecord = false)
    {
        int descriptor;
        fixed (byte* bytes = name)
            descriptor = Opened(FileOpen.OpenAt(directory, bytes, OpenFlags.ReadOnly), name);
        if (descriptor == -1)
            return default;
        try
        {
            return ReadAll(descriptor, name, isOneRecord);
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }

    /// <summary>The numbers that are names in a directory (/proc/PID/fd, /proc/PID/task); empty when it is gone or may not be read.</summary>
    public int[] ReadNumbers(int directory, ReadOnlySpan<byte> name)
    {
        int descriptor;
        fixed (byte* bytes = name)
            descriptor = Opened(FileOpen.OpenAt(directory, bytes, OpenFlags.ReadOnly | OpenFlags.Directory), name);
        if (descriptor == -1)
            return [];
        var numbers = new List<int>();
        try
        {
            nint count;
            fixed (byte* start = _text)
            {
                while ((count = Libc.GetDirectoryEntries(descriptor, start, (nuint)_text.Length)) > 0)
                    TakeNumbers(_text.AsSpan(0, (int)count), numbers);
            }
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }

        return [.. numbers];
    }

    /// <summary>The text of a link; null when it is gone. The same text is the same object.</summary>
    public string? ReadLink(int directory, ReadOnlySpan<byte> name)
    {
        nint count;
        fixed (byte* bytes = name, link = _link)
            count = Libc.ReadLinkAt(directory, bytes, link, LongestLink);
        if (count <= 0)
            return null;
        var length = Encoding.UTF8.GetChars(_link.AsSpan(0, (int)count), _characters);
        return Intern(_characters.AsSpan(0, length));
    }

    /// <summary>The inode in the text of a namespace's link, "mnt:[4026531841]"; 0 when it is gone.</summary>
    public ulong ReadLinkInode(int directory, ReadOnlySpan<byte> name)
    {
        nint count;
        fixed (byte* bytes = name, link = _link)
            count = Libc.ReadLinkAt(directory, bytes, link, LongestLink);
        var text = _link.AsSpan(0, (int)Math.Max(count, 0));
        return Utf8Parser.TryParse(text[(text.IndexOf((byte)'[') + 1)..], out ulong inode, out _) ? inode : 0;
    }

    /// <summary>What statx(2) tells, links followed; false when it is gone. A server of the file's system is not asked again: it may not answer.</summary>
    public static bool TryStat(int directory, ReadOnlySpan<byte> name, out FileDetails details)
    {
        statx buffer;
        int result;
        fixed (byte* bytes = name)
            result = Libc.StatX(directory, bytes, Fcntl.AT_NO_AUTOMOUNT | Fcntl.AT_STATX_DONT_SYNC, Stat.STATX_BASIC_STATS | Stat.STATX_MNT_ID, &buffer);
        details = result == 0 ? FileDetails.From(buffer) : default;
        return result == 0;
    }

    /// <summary>The same for a path.</summary>
    public static bool TryStat(string path, out FileDetails details) => TryStat(Fcntl.AT_FDCWD, CString.From(path), out details);

    /// <summary>A text as one object for all its copies.</summary>
    public string Intern(ReadOnlySpan<char> text)
    {
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var known))
            return known;
        var made = text.ToString();
        _known.Add(made);
        return made;
    }

    /// <summary>A number as a name, with a NUL at its end.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> prefix, int number, Span<byte> buffer)
    {
        prefix.CopyTo(buffer);
        Utf8Formatter.TryFormat(number, buffer[prefix.Length..], out var written);
        buffer[prefix.Length + written] = 0;
        return buffer[..(prefix.Length + written + 1)];
    }

    private ReadOnlySpan<byte> ReadAll(int descriptor, ReadOnlySpan<byte> name, bool isOneRecord)
    {
        var length = 0;
        while (true)
        {
            nint count;
            fixed (byte* start = _text)
                count = Libc.Read(descriptor, start + length, (nuint)(_text.Length - length));
            if (count == 0)
                return _text.AsSpan(0, length);
            if (count < 0)
            {
                if (Errno.Last == Errno.EINTR)
                    continue;
                // ESRCH: it ended; EACCES and EPERM: it may not be looked into any more.
                return IsGone(Errno.Last) ? default : throw new SyscallException("read", $"\"{Encoding.UTF8.GetString(name[..^1])}\"", Errno.Last);
            }

            length += (int)count;
            if (length == _text.Length)
                Array.Resize(ref _text, _text.Length * 2);
            else if (isOneRecord)
                return _text.AsSpan(0, length);
        }
    }

    private static void TakeNumbers(ReadOnlySpan<byte> records, List<int> numbers)
    {
        var entries = new DirectoryRecords(records, "a directory of /proc");
        while (entries.MoveNext())
        {
            if (Utf8Parser.TryParse(entries.Name, out int number, out var used) && used == entries.Name.Length)
                numbers.Add(number);
        }
    }

    private static int Opened(int descriptor, string path) => Opened(descriptor, Encoding.UTF8.GetBytes(path + "\0"));

    private static int Opened(int descriptor, ReadOnlySpan<byte> name) =>
        descriptor != -1 || IsGone(Errno.Last) ? descriptor : throw new SyscallException("open", $"\"{Encoding.UTF8.GetString(name[..^1])}\"", Errno.Last);

    private static bool IsGone(Errno errno) => errno is Errno.ENOENT or Errno.ESRCH or Errno.EACCES or Errno.EPERM or Errno.EINVAL or Errno.ENXIO;
}
