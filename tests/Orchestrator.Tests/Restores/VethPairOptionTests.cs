using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Tests.Restores;

public class VethPairOptionTests
{
    [Theory]
    [InlineData("eth0=veth1", "eth0", "veth1", null)]
    [InlineData("eth0=veth1@br0", "eth0", "veth1", "br0")]
    public void TheCriuFormIsUnderstood(string text, string inside, string host, string? bridge) =>
        Assert.Equal(new VethPairOption(inside, host, bridge), VethPairOption.Parse(text));

    [Theory]
    [InlineData("eth0")]
    [InlineData("=veth")]
    [InlineData("eth0=")]
    [InlineData("eth0=veth@")]
    [InlineData("eth@0=veth")]
    [InlineData("eth0=a/b")]
    [InlineData("eth0=sixteencharacter")]
    public void AnythingElseIsRefused(string text) => Assert.Throws<FormatException>(() => VethPairOption.Parse(text));
}
