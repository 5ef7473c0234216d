using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Tests.Preflight;

public sealed class MulticastMembershipsTests
{
    // From a little-endian machine, as the kernel writes a group.
    private const string Igmp = """
        Idx	Device    : Count Querier	Group    Users Timer	Reporter
        1	lo        :     2      V3
        				630000E0     1 0:00000000		0
        				010000E0     1 0:00000000		0
        12	br0       :     3      V3
        				6A0000E0     1 0:00000000		0
        				FB0000E0     2 0:00000000		1
        """;

    private const string Igmp6 = """
        1    lo              ff020000000000000000000000000001     1 0000000C 0
        1    lo              ff010000000000000000000000000001     1 00000008 0
        2    eth0            ff0200000000000000000001ff000001     1 00000004 0
        2    eth0            ff0200000000000000000000000000fb     1 00000004 0
        2    eth0            ff050000000000000000000000000002     1 0000000C 0
        """;

    [Fact]
    public void GroupsOfProgramsAreNamedWithTheirDevices() => Assert.Equal(["224.0.0.99 on lo", "224.0.0.251 on br0"], MulticastMemberships.Parse4(Igmp));

    [Fact]
    public void GroupsOfTheKernelsOwnAreNot() => Assert.Equal(["ff02::fb on eth0"], MulticastMemberships.Parse6(Igmp6));

    [Theory]
    [InlineData("")]
    [InlineData("Idx\n")]
    [InlineData("x\n1\n\t\t\t\tzz\n")]
    [InlineData("\0\n2 eth0 ff02\n2 eth0 zz020000000000000000000000000001\n")]
    public void WhatIsNoGroupIsPassedOver(string text)
    {
        Assert.Empty(MulticastMemberships.Parse4(text));
        Assert.Empty(MulticastMemberships.Parse6(text));
    }
}
