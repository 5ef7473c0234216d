using LxcNative.Netlink.Routing.Rules;

namespace LxcNative.Netlink.Routing.Monitoring;

/// <summary>A rule changed.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="IsDeleted">It is gone.</param>
public sealed record RuleEvent(Rule Rule, bool IsDeleted) : RouteEvent(IsDeleted);
