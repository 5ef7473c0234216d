namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>What a connection saw.</summary>
/// <param name="Sent">Numbers sent.</param>
/// <param name="Received">Numbers that came back, in order and none missing.</param>
/// <param name="LongestGap">The longest time between two answers.</param>
/// <param name="Failure">A reset, an end or a wrong byte; null when there was none.</param>
public sealed record EchoReport(long Sent, long Received, TimeSpan LongestGap, string? Failure);
