namespace LxcNative.Netlink.Routing.Rules;

/// <summary>A range of user ids or ports.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">The last.</param>
public readonly record struct ValueRange(uint Start, uint End);
