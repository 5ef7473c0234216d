using System.Globalization;
using System.Text;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Archives;

/// <summary>The records of an extended header, each "LENGTH KEY=VALUE\n" with a length that counts all of it (pax(1)).</summary>
internal static class PaxRecords
{
    private const int NanosecondDigits = 9;

    /// <summary>The keys that are written as well as read.</summary>
    public static ReadOnlySpan<byte> Attribute => "SCHILY.xattr."u8;

    /// <inheritdoc cref="Attribute" />
    public static ReadOnlySpan<byte> SocketType => "LXCNATIVE.type"u8;

    /// <summary>Takes out what is any bytes, or more than System.Formats.Tar can say.</summary>
    /// <param name="records">The header's content.</param>
    /// <param name="extras">Gets it.</param>
    /// <returns>The other records.</returns>
    /// <exception cref="MalformedArchiveException">A record is damaged.</exception>
    public static byte[] Split(ReadOnlySpan<byte> records, TarExtras extras)
    {
        var others = new List<byte>();
        while (!records.IsEmpty)
        {
            var blank = records.IndexOf((byte)' ');
            if (blank <= 0 || !int.TryParse(records[..blank], out var length) || length <= blank + 1 || length > records.Length)
                throw Damaged();
            var record = records[(blank + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0 || !Take(record[..equals], record[(equals + 1)..], extras))
                others.AddRange(records[..length]);
            records = records[length..];
        }

        return [.. others];
    }

    /// <summary>Adds a record.</summary>
    public static void Add(List<byte> records, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        // " KEY=VALUE\n", and the digits of the length, which counts them too.
        var rest = key.Length + value.Length + 3;
        var length = rest;
        while (length != rest + Digits(length))
            length = rest + Digits(length);
        records.AddRange(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length} ")));
        records.AddRange(key);
        records.Add((byte)'=');
        records.AddRange(value);
        records.Add((byte)'\n');
    }

    /// <summary>Adds a record with a number.</summary>
    public static void Add(List<byte> records, ReadOnlySpan<byte> key, long value) =>
        Add(records, key, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A time in the words of a record.</summary>
    public static byte[] Time(FileTimestamp time)
    {
        // The digits after the point count away from zero.
        var (whole, part) = time is { Seconds: < 0, Nanoseconds: > 0 }
            ? (time.Seconds + 1, 1_000_000_000 - time.Nanoseconds) : (time.Seconds, time.Nanoseconds);
        var sign = time.Seconds < 0 && whole == 0 ? "-" : "";
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}.{part:D9}"));
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    private static bool Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, TarExtras extras)
    {
        if (key.Length > Attribute.Length && key.StartsWith(Attribute))
            extras.Attributes.Add((key[Attribute.Length..].ToArray(), value.ToArray()));
        else if (key.SequenceEqual("path"u8))
            extras.Path = value.ToArray();
        else if (key.SequenceEqual("GNU.sparse.name"u8))
            extras.SparseName = value.ToArray();
        else if (key.SequenceEqual("linkpath"u8))
            extras.Link = value.ToArray();
        else if (key.SequenceEqual("uid"u8))
            extras.UserId = Number(value);
        else if (key.SequenceEqual("gid"u8))
            extras.GroupId = Number(value);
        else if (key.SequenceEqual("mtime"u8))
            extras.Modification = ParseTime(value);
        else if (key.SequenceEqual(SocketType))
            extras.IsSocket = value.SequenceEqual("socket"u8) ? true : throw Damaged();
        else
            return TakeSize(key, value, extras);
        return true;
    }

    // The reader wants to know it as well.
    private static bool TakeSize(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, TarExtras extras)
    {
        if (key.SequenceEqual("size"u8))
            extras.DataSize = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw Damaged();
        return false;
    }

    private static uint Number(ReadOnlySpan<byte> value) =>
        uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Damaged();

    private static FileTimestamp ParseTime(ReadOnlySpan<byte> value)
    {
        var isNegative = !value.IsEmpty && value[0] == '-';
        var digits = isNegative ? value[1..] : value;
        var point = digits.IndexOf((byte)'.');
        var after = point < 0 ? [] : digits[(point + 1)..];
        uint nanoseconds = 0;
        if (!long.TryParse(point < 0 ? digits : digits[..point], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || after.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            throw Damaged();
        for (var i = 0; i < NanosecondDigits; i++)
            nanoseconds = nanoseconds * 10 + (i < after.Length ? after[i] - (uint)'0' : 0);
        if (!isNegative)
            return new FileTimestamp(seconds, nanoseconds);
        return nanoseconds == 0 ? new FileTimestamp(-seconds, 0) : new FileTimestamp(-seconds - 1, 1_000_000_000 - nanoseconds);
    }

    private static MalformedArchiveException Damaged() => new("the extended header of an entry is damaged");
}
