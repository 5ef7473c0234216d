using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>What of a captured route is setting, and what is state.</summary>
internal static class RouteIdentity
{
    private const int TicksPerSecond = 100;

    /// <summary>The fixed header as a request has it: ONLINK is the only flag that is a setting.</summary>
    public static rtmsg Header(Captured<rtmsg> route) => route.Header with { rtm_flags = route.Header.rtm_flags & (uint)RTNH_F.RTNH_F_ONLINK };

    /// <summary>The attributes as a request has them.</summary>
    public static IEnumerable<OwnedAttribute> Settings(Captured<rtmsg> route) => Select(route, withExpiry: true);

    /// <summary>A text that is equal for equal routes, whatever state they are in.</summary>
    public static string Of(Captured<rtmsg> route)
    {
        var header = Header(route);
        return $"{header.rtm_family} {header.rtm_dst_len} {header.rtm_src_len} {header.rtm_tos} {header.rtm_protocol} {header.rtm_scope} {header.rtm_type} "
            + $"{header.rtm_flags} "
            + string.Join('|', Select(route, withExpiry: false).Select(attribute => attribute.ToString()).Order(StringComparer.Ordinal));
    }

    /// <summary>The route in words.</summary>
    public static string Describe(Captured<rtmsg> route)
    {
        var destination = route.Find(RTA.RTA_DST) is { Value.Length: 4 or 16 } bytes ? new IPAddress(bytes.Value).ToString() : "default";
        return $"{destination}/{route.Header.rtm_dst_len} table {route.Number(RTA.RTA_TABLE) ?? route.Header.rtm_table}";
    }

    private static IEnumerable<OwnedAttribute> Select(Captured<rtmsg> route, bool withExpiry)
    {
        var isByObject = route.Find(RTA.RTA_NH_ID) is not null;
        foreach (var attribute in route.Attributes)
        {
            switch (attribute.Type)
            {
                case (ushort)RTA.RTA_CACHEINFO:
                    if (withExpiry && Expiry(attribute) is { } seconds)
                        yield return new OwnedAttribute((ushort)RTA.RTA_EXPIRES, BitConverter.GetBytes(seconds));
                    break;

                // A route that names a nexthop object also shows where that leads; the kernel refuses to be told both.
                case (ushort)RTA.RTA_OIF or (ushort)RTA.RTA_GATEWAY or (ushort)RTA.RTA_MULTIPATH or (ushort)RTA.RTA_VIA or (ushort)RTA.RTA_ENCAP
                    or (ushort)RTA.RTA_ENCAP_TYPE when isByObject:
                    break;
                case (ushort)RTA.RTA_MULTIPATH:
                    yield return WithoutStates(attribute);
                    break;
                case (ushort)RTA.RTA_PAD:
                    break;
                default:
                    yield return attribute;
                    break;
            }
        }
    }

    private static uint? Expiry(OwnedAttribute cacheInfo) =>
        cacheInfo.Value.Length >= 12 && MemoryMarshal.Read<int>(cacheInfo.Value[8..]) is > 0 and var ticks
            ? (uint)((ticks + TicksPerSecond - 1) / TicksPerSecond)
            : null;

    /// <summary>The paths without DEAD, LINKDOWN and the like, which a request must not have.</summary>
    private static OwnedAttribute WithoutStates(OwnedAttribute paths)
    {
        var bytes = paths.Value.ToArray();
        for (var at = 0; at < bytes.Length;)
        {
            var length = bytes.Length - at >= 8 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at)) : 0;
            if (length < 8 || length > bytes.Length - at)
                throw new NetlinkProtocolException($"a path of {length} bytes with {bytes.Length - at} left");
            bytes[at + 2] &= (byte)RTNH_F.RTNH_F_ONLINK;
            at += (length + 3) & ~3;
        }

        return new OwnedAttribute(paths.RawType, bytes);
    }
}
