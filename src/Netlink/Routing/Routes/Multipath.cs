using System.Runtime.InteropServices;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Routes;

/// <summary>RTA_MULTIPATH: a list that is not made of attributes but of struct rtnexthop, each followed by attributes.</summary>
/// <remarks><code>
///  0               2       3       4                               8
/// +---------------+-------+-------+-------------------------------+------------
/// |    length     | flags | hops  |          link index           | attributes
/// +---------------+-------+-------+-------------------------------+------------
/// </code></remarks>
internal static class Multipath
{
    private const int HeaderSize = 8;

    public static ValueList<NextHop> Parse(ReadOnlySpan<byte> list)
    {
        List<NextHop> hops = [];
        while (!list.IsEmpty)
        {
            if (list.Length < HeaderSize)
                throw new NetlinkProtocolException($"RTA_MULTIPATH: {list.Length} bytes where a next hop needs {HeaderSize}");
            var header = MemoryMarshal.Read<rtnexthop>(list);
            if (header.rtnh_len < HeaderSize || header.rtnh_len > list.Length)
                throw new NetlinkProtocolException($"RTA_MULTIPATH: next hop of length {header.rtnh_len}, with {list.Length} bytes left");
            hops.Add(new NextHop(header, list[HeaderSize..header.rtnh_len]));
            list = list[Alignment.AlignWithin(header.rtnh_len, list.Length)..];
        }

        return [.. hops];
    }

    /// <summary>A next hop is written as a message of its own first: its length comes before what it holds.</summary>
    public static void Write(AttributeWriter<HostEndian> attributes, ValueList<NextHop> hops)
    {
        MessageBuffer list = new();
        foreach (var hop in hops)
        {
            var start = list.Length;
            list.WriteFixedHeader(default(rtnexthop));
            hop.WriteAttributes(list.Attributes);
            rtnexthop header = new()
            {
                rtnh_len = checked((ushort)(list.Length - start)),
                rtnh_flags = hop.Flags,
                rtnh_hops = checked((byte)(hop.Weight - 1)),
                rtnh_ifindex = hop.LinkIndex,
            };
            MemoryMarshal.Write(list.Patch(start, HeaderSize), in header);
        }

        attributes.Write(RTA.RTA_MULTIPATH, list.Written);
    }
}
