using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Tests.Containers;

public sealed class LookLimitTests
{
    [Fact]
    public void WhatWasSeenIsReturned() => Assert.Equal(7, LookLimit.Run("it", () => 7));

    [Fact]
    public void WhatWasThrownIsThrown() =>
        Assert.Equal("no", Assert.Throws<IOException>(() => LookLimit.Run<int>("it", () => throw new IOException("no"))).Message);

    [Fact]
    public void OneThatDoesNotEndIsRefused()
    {
        using var never = new ManualResetEventSlim();
        var refusal = Assert.Throws<RefusedException>(() => LookLimit.Run("container x", () =>
        {
            never.Wait();
            return 0;
        }, TimeSpan.FromMilliseconds(50)));
        Assert.StartsWith("looking at container x did not come to an end", refusal.Message, StringComparison.Ordinal);
        never.Set();
    }
}
