namespace LxcNative.Netlink.Routing.Rules;

/// <summary>What a rule does (FR_ACT_* of linux/fib_rules.h).</summary>
public enum RuleAction : byte
{
    /// <summary>None given.</summary>
    Unspecified = 0,

    /// <summary>Look into a table.</summary>
    ToTable = 1,

    /// <summary>Go on at another rule.</summary>
    Goto = 2,

    /// <summary>Nothing.</summary>
    Nop = 3,

    /// <summary>Drop silently.</summary>
    Blackhole = 6,

    /// <summary>Answer ENETUNREACH.</summary>
    Unreachable = 7,

    /// <summary>Answer EACCES.</summary>
    Prohibit = 8,
}
