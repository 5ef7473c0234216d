using System.Net;
using CsCheck;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Addresses;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Netlink.Routing.Neighbours;
using LxcNative.Netlink.Routing.Routes;
using LxcNative.Netlink.Routing.Rules;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Tests.Routing;

/// <summary>What is written is what is read, and bytes that were tampered with give a protocol exception or nothing worse than other values.</summary>
public class RoundTripTests
{
    private static readonly Gen<IPAddress> V4 = Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes));
    private static readonly Gen<IPAddress> V6 = Gen.Byte.Array[16].Select(bytes => new IPAddress(bytes));
    private static readonly Gen<string> Text = Gen.String[Gen.Char['a', 'z'], 1, 15];
    private static readonly Gen<OwnedAttribute> Unknown = Gen.Select(Gen.UShort[200, 300], Gen.Byte.Array[0, 20],
        (type, value) => new OwnedAttribute(type, value));
    private static readonly Gen<ValueList<OwnedAttribute>> Unknowns = Unknown.Array[0, 3].Select(items => ValueList.Create<OwnedAttribute>(items));

    private static readonly Gen<Address> Addresses = Gen.Select(
        Gen.OneOf(V4, V6), Gen.Byte[0, 32], Gen.UInt, Text.Null(), Gen.UInt.Nullable(), Unknowns,
        (address, length, flags, label, priority, other) => Address.Of(3, new Prefix(address, length)) with
        {
            Flags = (AddressFlags)flags,
            Label = label,
            RoutePriority = priority,
            Lifetimes = priority is { } time ? new Lifetimes(time, time + 1, 2, 3) : null,
            Other = other,
        });

    private static readonly Gen<NextHop> Hops = Gen.Select(
        Gen.Int[1, 1000], Gen.Int[1, 256], V4.Null(), V6.Null(), Unknowns,
        (index, weight, gateway, via, other) => new NextHop
        {
            LinkIndex = index,
            Weight = weight,
            Gateway = gateway,
            Via = via is null ? null : new Via(via),
            Other = other,
        });

    private static readonly Gen<Route> Routes = Gen.Select(
        V6.Null(), Gen.UInt, Gen.Byte, V6.Null(), Gen.UInt.Nullable(), Hops.Array[0, 3], Unknowns, Gen.Int.Nullable(),
        (destination, table, small, gateway, number, hops, other, index) => new Route
        {
            Family = AddressFamily.IPv6,
            Destination = destination is null ? null : new Prefix(destination, (byte)(small / 2)),
            Table = table,
            Protocol = small,
            Scope = small,
            Tos = small,
            Flags = table,
            Gateway = gateway,
            PreferredSource = destination,
            Priority = number,
            Flow = number,
            Expires = number,
            NextHopId = number,
            OutputIndex = index,
            Preference = number is null ? null : small,
            NextHops = ValueList.Create<NextHop>(hops),
            Metrics = other,
            Other = other,
            EncapsulationType = index is null ? null : small,
            Encapsulation = index is null ? null : new OwnedAttribute((ushort)RTA.RTA_ENCAP, [small]),
        });

    private static readonly Gen<Rule> Rules = Gen.Select(
        V4.Null(), V4.Null(), Gen.UInt, Gen.UInt.Nullable(), Text.Null(), Gen.Int.Nullable(), Gen.Byte, Unknowns,
        (destination, source, table, number, name, signed, small, other) => new Rule
        {
            Destination = destination is null ? null : new Prefix(destination, (byte)(small % 33)),
            Source = source is null ? null : new Prefix(source, 32),
            Table = table,
            Action = (RuleAction)small,
            Flags = table,
            Priority = number,
            Mark = number,
            Mask = number,
            Goto = number,
            TunnelId = number,
            InputName = name,
            OutputName = name,
            SuppressGroup = signed,
            SuppressPrefixLength = signed,
            IsL3Master = small > 100,
            Protocol = number is null ? null : small,
            IPProtocol = number is null ? null : small,
            UserIds = number is { } user ? new ValueRange(user, user) : null,
            SourcePorts = number is null ? null : new ValueRange(small, 65535),
            DestinationPorts = number is null ? null : new ValueRange(small, 80),
            Other = other,
        });

    private static readonly Gen<Neighbour> Neighbours = Gen.Select(
        V6.Null(), Gen.Byte.Array[0, 20].Null(), Gen.UShort, Gen.UInt.Nullable(), Unknowns,
        (destination, hardware, states, number, other) => new Neighbour
        {
            Family = AddressFamily.IPv6,
            LinkIndex = 7,
            States = (NeighbourStates)states,
            Destination = destination,
            HardwareAddress = hardware is null ? null : new HardwareAddress(hardware),
            Vlan = number is null ? null : states,
            MasterIndex = (int?)number,
            ExtendedFlags = number,
            Protocol = number is null ? null : (byte)states,
            Other = other,
        });

    [Fact]
    public void AddressIsReadAsWritten() => Addresses.Sample(item => Read(item.ToRequest(RTM.RTM_NEWADDR, 0), Address.Parse) == item);

    [Fact]
    public void RouteIsReadAsWritten() => Routes.Sample(item => Read(item.ToRequest(RTM.RTM_NEWROUTE, 0), Route.Parse) == item);

    [Fact]
    public void RuleIsReadAsWritten() => Rules.Sample(item => Read(item.ToRequest(RTM.RTM_NEWRULE, 0), Rule.Parse) == item);

    [Fact]
    public void NeighbourIsReadAsWritten() => Neighbours.Sample(item => Read(item.ToRequest(RTM.RTM_NEWNEIGH, 0), Neighbour.Parse) == item);

    [Fact]
    public void TamperedAddressIsRejectedOrRead() => Tamper(Addresses.Select(item => item.ToRequest(RTM.RTM_NEWADDR, 0)), Address.Parse);

    [Fact]
    public void TamperedRouteIsRejectedOrRead() => Tamper(Routes.Select(item => item.ToRequest(RTM.RTM_NEWROUTE, 0)), Route.Parse);

    [Fact]
    public void TamperedRuleIsRejectedOrRead() => Tamper(Rules.Select(item => item.ToRequest(RTM.RTM_NEWRULE, 0)), Rule.Parse);

    [Fact]
    public void TamperedNeighbourIsRejectedOrRead() => Tamper(Neighbours.Select(item => item.ToRequest(RTM.RTM_NEWNEIGH, 0)), Neighbour.Parse);

    [Fact]
    public void TamperedLinkIsRejectedOrRead()
    {
        using NetlinkSocket socket = new(protocol: 0);
        var request = RequestBuilder.Build(RTM.RTM_GETLINK, MessageFlags.None, default(ifinfomsg));
        var links = socket.Dump(request, message => message.ToArray());
        Tamper(Gen.Int[0, links.Count - 1].Select(index => Copied(links[index])), Link.Parse);
    }

    private static MessageBuffer Copied(byte[] message)
    {
        MessageBuffer buffer = new();
        message.CopyTo(buffer.Append(message.Length));
        return buffer;
    }

    private static T Read<T>(MessageBuffer request, MessageParser<T> parse)
        where T : class
    {
        var reader = request.Messages;
        Assert.True(reader.MoveNext());
        return parse(reader.Current)!;
    }

    private static void Tamper<T>(Gen<MessageBuffer> requests, MessageParser<T> parse)
        where T : class =>
        Gen.Select(requests, Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 10_000]).Sample((request, position, value, cut) =>
        {
            var bytes = request.Written.ToArray();
            var at = MessageHeader.Size + position % (bytes.Length - MessageHeader.Size);
            bytes[at] = value;
            var length = cut % 3 == 0 ? MessageHeader.Size + cut % (bytes.Length - MessageHeader.Size) : bytes.Length;
            (MessageHeader.Read(bytes) with { Length = (uint)length }).Write(bytes);
            try
            {
                MessageReader reader = new(bytes.AsSpan(0, length));
                Assert.True(reader.MoveNext());
                parse(reader.Current);
            }
            catch (NetlinkProtocolException)
            {
                // The only thing that tampered bytes may lead to.
            }
        });
}
