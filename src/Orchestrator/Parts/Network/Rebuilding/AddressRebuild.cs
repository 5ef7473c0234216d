using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Processes;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network.Capturing;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Gives links their addresses: those that were captured, in their order, and none that the kernel made up meanwhile.</summary>
internal sealed class AddressRebuild(NetlinkSocket socket)
{
    // What the kernel takes from a request; the rest are states.
    private const IFA_F Settable = IFA_F.IFA_F_NODAD | IFA_F.IFA_F_HOMEADDRESS | IFA_F.IFA_F_MANAGETEMPADDR | IFA_F.IFA_F_NOPREFIXROUTE
        | IFA_F.IFA_F_MCAUTOJOIN;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMilliseconds(0.2);

    /// <summary>Makes the addresses of every link and family equal to the captured ones.</summary>
    /// <param name="captured">What was captured.</param>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void Apply(IEnumerable<byte[]> captured)
    {
        var wanted = Captured<ifaddrmsg>.Parse(captured).ToLookup(Place);
        var present = Present().ToLookup(Place);
        foreach (var place in wanted.Select(group => group.Key).Union(present.Select(group => group.Key)))
        {
            var before = present[place].ToList();
            var after = wanted[place].ToList();
            if (before.Select(Identity).SequenceEqual(after.Select(Identity)))
                continue;
            foreach (var address in before)
                Send(RTM.RTM_DELADDR, MessageFlags.None, address, Keys(address));

            // The kernel lists IPv6 addresses of one scope the newest first.
            if (place.Family == (byte)AddressFamily.IPv6)
                after.Reverse();
            foreach (var address in after)
                EndingNamespace.Await(() => Add(address));
        }
    }

    /// <summary>Waits until no address is tentative that was not when it was captured, unless it is of a link without a carrier, which stays so. The kernel
    /// ends that state in a worker of its own, also where detection is off; were it switched on before, it would begin after all, and the address answer
    /// a second later only.</summary>
    /// <param name="captured">What was captured.</param>
    public void AwaitUsable(IEnumerable<byte[]> captured)
    {
        var usable = Captured<ifaddrmsg>.Parse(captured).Where(address => !IsTentative(address)).Select(Key).ToHashSet();
        for (var deadline = Deadline.After(Patience); !deadline.IsOver; Thread.Sleep(Pause))
        {
            var late = Present().Where(address => IsTentative(address) && usable.Contains(Key(address))).Select(address => (int)address.Header.ifa_index);
            if (!late.Any(WithCarrier().Contains))
                return;
        }
    }

    private HashSet<int> WithCarrier() =>
        [.. LinkFacts.Read(socket.Dump(RouteMessages.Request(RTM.RTM_GETLINK, MessageFlags.None, default(ifinfomsg)), message => message.ToArray()))
            .Where(link => link.HasCarrier).Select(link => link.Index)];

    private void Add(Captured<ifaddrmsg> address)
    {
        try
        {
            Send(RTM.RTM_NEWADDR, MessageFlags.Create | MessageFlags.Exclusive, address, Settings(address));
        }
        catch (NetlinkException e) when (e.Errno == Errno.EEXIST)
        {
            // The kernel has given the link one of its own meanwhile, with settings and a place among the others that need not be the captured ones.
            foreach (var one in Present().Where(one => Place(one) == Place(address) && Key(one) == Key(address)))
                Send(RTM.RTM_DELADDR, MessageFlags.None, one, Keys(one));
            Send(RTM.RTM_NEWADDR, MessageFlags.Create | MessageFlags.Exclusive, address, Settings(address));
        }
    }

    private List<Captured<ifaddrmsg>> Present() =>
        Captured<ifaddrmsg>.Parse(socket.Dump(RouteMessages.Request(RTM.RTM_GETADDR, MessageFlags.None, default(ifaddrmsg)), message => message.ToArray()));

    private static bool IsTentative(Captured<ifaddrmsg> address) => address.Header.ifa_family == (byte)AddressFamily.IPv6
        && address.Find(IFA.IFA_FLAGS) is { } flags && ((IFA_F)flags.AsUInt32()).HasFlag(IFA_F.IFA_F_TENTATIVE);

    private static string Key(Captured<ifaddrmsg> address) => $"{address.Header.ifa_index} {Describe(address)}";

    private static (byte Family, uint Index) Place(Captured<ifaddrmsg> address) => (address.Header.ifa_family, address.Header.ifa_index);

    private static string Identity(Captured<ifaddrmsg> address) => string.Join(
        '|',
        Settings(address).Select(attribute => attribute.ToString()).Order(StringComparer.Ordinal)
            .Prepend($"{address.Header.ifa_prefixlen}/{address.Header.ifa_scope}"));

    private static IEnumerable<OwnedAttribute> Keys(Captured<ifaddrmsg> address) =>
        address.Attributes.Where(attribute => attribute.Type is (ushort)IFA.IFA_LOCAL or (ushort)IFA.IFA_ADDRESS);

    /// <summary>The attributes as a request has them: without states.</summary>
    public static IEnumerable<OwnedAttribute> Settings(Captured<ifaddrmsg> address)
    {
        foreach (var attribute in address.Attributes)
        {
            switch ((IFA)attribute.Type)
            {
                case IFA.IFA_LOCAL or IFA.IFA_ADDRESS or IFA.IFA_LABEL or IFA.IFA_BROADCAST or IFA.IFA_RT_PRIORITY or IFA.IFA_PROTO:
                    yield return attribute;
                    break;
                case IFA.IFA_FLAGS:
                    yield return RouteMessages.Number(IFA.IFA_FLAGS, (uint)Flags((IFA_F)attribute.AsUInt32()));
                    break;
                case IFA.IFA_CACHEINFO when attribute.Value.Length >= 8:
                    var times = MemoryMarshal.Cast<byte, uint>(attribute.Value);
                    yield return new OwnedAttribute((ushort)IFA.IFA_CACHEINFO,
                        [.. BitConverter.GetBytes(times[0]), .. BitConverter.GetBytes(times[1]), .. new byte[8]]);
                    break;
            }
        }
    }

    private static IFA_F Flags(IFA_F captured) => (captured & Settable);

    private void Send(RTM type, MessageFlags flags, Captured<ifaddrmsg> address, IEnumerable<OwnedAttribute> attributes) => socket.Execute(
        RouteMessages.Request(type, flags, address.Header with { ifa_flags = 0 }, attributes),
        $"address of link {address.Header.ifa_index}: {Describe(address)}");

    private static string Describe(Captured<ifaddrmsg> address) => address.Address?.ToString() ?? "?";
}
