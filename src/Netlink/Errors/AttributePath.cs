using System.Runtime.InteropServices;
using System.Text;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Errors;

/// <summary>Finds the names of the attributes around an offset of our own request.</summary>
internal static class AttributePath
{
    /// <summary>The names from the outermost attribute to the one at <paramref name="offset"/>; empty when the offset is in no attribute.</summary>
    /// <param name="request">The request with its header; its bytes are ours, but the walk tolerates anything.</param>
    /// <param name="message">The schema of the request.</param>
    /// <param name="offset">Counted from the request's header, as in NLMSGERR_ATTR_OFFS.</param>
    /// <param name="space">The space nested in the last attribute of the path, if known.</param>
    public static List<string> Find(ReadOnlySpan<byte> request, MessageSchema message, uint offset, out AttributeSchema? space)
    {
        List<string> path = [];
        space = message.Attributes;
        var start = MessageHeader.Size + Alignment.Align(message.FixedHeaderLength);
        var end = request.Length;
        while (space is not null && Locate(request[..end], start, offset, out var at, out var header))
        {
            path.Add(NameAt(request[..end], start, at, header.Type, space));
            int listStart = start, listEnd = end;
            var list = request[listStart..listEnd].ToArray();
            space = space.NestOf(header.Type, type => TextOf(list, type));
            if (offset == (uint)at)
                break;
            (start, end) = (at + AttributeHeader.Size, at + header.Length);
        }

        return path;
    }

    /// <summary>The attribute of the list at <paramref name="start"/> that <paramref name="offset"/> falls into.</summary>
    private static bool Locate(ReadOnlySpan<byte> list, int start, uint offset, out int at, out AttributeHeader header)
    {
        header = default;
        for (at = start; at + AttributeHeader.Size <= list.Length; at += Alignment.Align(header.Length))
        {
            header = MemoryMarshal.Read<AttributeHeader>(list[at..]);
            if (header.Length < AttributeHeader.Size || at + header.Length > list.Length || offset < (uint)at)
                return false;
            if (offset < (uint)(at + header.Length))
                return true;
        }

        return false;
    }

    /// <summary>The name, with an index when the list holds several of the type.</summary>
    private static string NameAt(ReadOnlySpan<byte> list, int start, int at, ushort type, AttributeSchema space)
    {
        int index = 0, count = 0;
        AttributeHeader header;
        for (var position = start; position + AttributeHeader.Size <= list.Length; position += Alignment.Align(header.Length))
        {
            header = MemoryMarshal.Read<AttributeHeader>(list[position..]);
            if (header.Length < AttributeHeader.Size)
                break;
            if (header.Type != type)
                continue;
            index += position < at ? 1 : 0;
            count++;
        }

        return count > 1 ? $"{space.NameOf(type)}[{index}]" : space.NameOf(type);
    }

    private static string? TextOf(ReadOnlySpan<byte> list, ushort type) =>
        new AttributeReader<HostEndian>(list).TryFind(type, out var found)
            ? Encoding.UTF8.GetString(found.Value.TrimEnd((byte)0))
            : null;
}
