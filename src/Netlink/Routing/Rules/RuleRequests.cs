using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Rules;

/// <summary>Requests about policy rules. Each throws <see cref="NetlinkException"/> when the kernel refuses.</summary>
public sealed class RuleRequests
{
    private readonly NetlinkSocket _socket;

    internal RuleRequests(NetlinkSocket socket) => _socket = socket;

    /// <summary>All rules of a family, in the order the kernel tries them.</summary>
    public List<Rule> List(AddressFamily family = AddressFamily.Unspecified) =>
        _socket.Dump(RequestBuilder.Build(RTM.RTM_GETRULE, MessageFlags.None, new fib_rule_hdr { family = (byte)family }), Rule.Parse);

    /// <summary>Adds a rule; EEXIST when there is the same.</summary>
    public void Add(Rule rule) => Send(rule, RTM.RTM_NEWRULE, MessageFlags.Create | MessageFlags.Exclusive);

    /// <summary>Removes the first rule that matches; ENOENT when none does.</summary>
    public void Delete(Rule rule) => Send(rule, RTM.RTM_DELRULE, MessageFlags.None);

    private void Send(Rule rule, RTM type, MessageFlags flags) => _socket.Execute(
        rule.ToRequest(type, flags), $"rule {rule.Priority}: from {rule.Source?.ToString() ?? "all"} to {rule.Destination?.ToString() ?? "all"}");
}
