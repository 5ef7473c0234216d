using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Makes the policy rules of both families equal to the captured ones, in their order.</summary>
internal sealed class RuleRebuild(NetlinkSocket socket)
{
    /// <summary>Leaves a family whose rules are right alone; replaces all rules of one whose are not.</summary>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void Apply(IEnumerable<byte[]> captured)
    {
        var rules = Captured<fib_rule_hdr>.Parse(captured).ToLookup(rule => rule.Header.family);
        foreach (var family in new[] { (byte)AddressFamily.IPv4, (byte)AddressFamily.IPv6 })
        {
            var wanted = rules[family].ToList();
            var present = Captured<fib_rule_hdr>.Parse(
                socket.Dump(RouteMessages.Request(RTM.RTM_GETRULE, MessageFlags.None, new fib_rule_hdr { family = family }), message => message.ToArray()));
            if (present.Select(Identity).SequenceEqual(wanted.Select(Identity)))
                continue;
            foreach (var rule in present)
                Send(RTM.RTM_DELRULE, MessageFlags.None, rule);
            foreach (var rule in wanted)
                Send(RTM.RTM_NEWRULE, MessageFlags.Create, rule);
        }
    }

    private static string Identity(Captured<fib_rule_hdr> rule)
    {
        var header = Header(rule);
        return $"{header.dst_len} {header.src_len} {header.tos} {header.table} {header.action} {header.flags} " + string.Join('|', Settings(rule));
    }

    // The others say which devices are missing now.
    private static fib_rule_hdr Header(Captured<fib_rule_hdr> rule) => rule.Header with { flags = rule.Header.flags & (uint)FIB_RULE.FIB_RULE_INVERT };

    /// <summary>Priority 0 is not shown, and without one the kernel would choose another.</summary>
    private static IEnumerable<OwnedAttribute> Settings(Captured<fib_rule_hdr> rule) => rule.Find(FRA.FRA_PRIORITY) is null
        ? rule.Attributes.Append(RouteMessages.Number(FRA.FRA_PRIORITY, 0))
        : rule.Attributes;

    private void Send(RTM type, MessageFlags flags, Captured<fib_rule_hdr> rule) => socket.Execute(
        RouteMessages.Request(type, flags, Header(rule), Settings(rule).Where(attribute => attribute.Type != (ushort)FRA.FRA_PAD)),
        $"rule {rule.Number(FRA.FRA_PRIORITY) ?? 0}");
}
