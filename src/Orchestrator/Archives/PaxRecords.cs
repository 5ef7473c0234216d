using System.Text;

namespace LxcNative.Orchestrator.Archives;

/// <summary>The records of an extended header, each "LENGTH KEY=VALUE\n" with a length that counts all of it (pax(1)).</summary>
internal static class PaxRecords
{
    private static readonly byte[] Prefix = Encoding.ASCII.GetBytes("SCHILY.xattr.");

    /// <summary>Takes the extended attributes out.</summary>
    /// <param name="records">The header's content.</param>
    /// <param name="attributes">Gets the attributes, with values of any bytes.</param>
    /// <returns>The other records.</returns>
    /// <exception cref="MalformedArchiveException">A record is damaged.</exception>
    public static byte[] Split(ReadOnlySpan<byte> records, List<(byte[] Name, byte[] Value)> attributes)
    {
        var others = new List<byte>();
        while (!records.IsEmpty)
        {
            var blank = records.IndexOf((byte)' ');
            if (blank <= 0 || !int.TryParse(records[..blank], out var length) || length <= blank + 1 || length > records.Length)
                throw new MalformedArchiveException("the extended header of an entry is damaged");
            var record = records[(blank + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals > Prefix.Length && record.StartsWith(Prefix))
                attributes.Add((record[Prefix.Length..equals].ToArray(), record[(equals + 1)..].ToArray()));
            else
                others.AddRange(records[..length]);
            records = records[length..];
        }

        return [.. others];
    }
}
