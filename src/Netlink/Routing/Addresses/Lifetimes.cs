namespace LxcNative.Netlink.Routing.Addresses;

/// <summary>How long an address lives (struct ifa_cacheinfo).</summary>
/// <param name="PreferredSeconds">Seconds until it is deprecated.</param>
/// <param name="ValidSeconds">Seconds until it is removed.</param>
/// <param name="Created">When it was made, in hundredths of a second since boot; the kernel's to say.</param>
/// <param name="Updated">When it was changed, in hundredths of a second since boot; the kernel's to say.</param>
public readonly record struct Lifetimes(uint PreferredSeconds, uint ValidSeconds, uint Created = 0, uint Updated = 0)
{
    /// <summary>The number of seconds that means for ever.</summary>
    public const uint Forever = uint.MaxValue;
}
