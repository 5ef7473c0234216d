using System.Text;
using CsCheck;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Network;

public sealed class NetworkImageFileTests
{
    private static byte[] Sample()
    {
        Requirement.Root();
        using var fixture = new NamespaceFixture();
        fixture.Shell("ip link set lo up; ip rule add from 10.0.0.0/8 lookup 5");
        fixture.Nft("table ip t { set s { type ipv4_addr; elements = { 10.0.0.1 }; }; chain c { accept; }; }");
        using var capture = NetworkCapture.Prepare(fixture.Descriptor);
        return NetworkImageFile.Write(capture.Capture().Complete());
    }

    [Fact]
    public void WhatWasWrittenIsRead()
    {
        var content = Sample();
        var image = NetworkImageFile.Read(content);
        Assert.Equal(content, NetworkImageFile.Write(image));
        Assert.NotEmpty(image.Ruleset.Elements);
        Assert.Contains(image.Sysctls, sysctl => sysctl.Path == "ipv4/ip_forward");
    }

    [Fact]
    public void FilesCutShortAreRefused()
    {
        var content = Sample();
        for (var length = 0; length < content.Length; length += 37)
            Assert.Throws<MalformedNetworkImageException>(() => NetworkImageFile.Read(content.AsSpan(0, length)));
    }

    [Fact]
    public void DamagedFilesAreRefusedOrStayWellFormed()
    {
        var content = Sample();
        Gen.Select(Gen.Int[0, content.Length - 1], Gen.Byte).Sample(
            change =>
            {
                byte[] damaged = [.. content[..change.Item1], change.Item2, .. content[(change.Item1 + 1)..]];
                try
                {
                    NetworkImageFile.Read(damaged);
                }
                catch (MalformedNetworkImageException)
                {
                }
            },
            iter: 500,
            threads: 1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":2,\"links\":[],\"addresses\":[],\"routes\":[],\"rules\":[]}")]
    [InlineData("{\"version\":1,\"links\":null,\"addresses\":[],\"routes\":[],\"rules\":[]}")]
    [InlineData("{\"version\":1,\"links\":[null],\"addresses\":[],\"routes\":[],\"rules\":[]}")]
    [InlineData("{\"version\":1,\"links\":[\"AAAA\"],\"addresses\":[],\"routes\":[],\"rules\":[]}")]
    [InlineData("{\"version\":1,\"links\":[],\"addresses\":[],\"routes\":[],\"rules\":[],\"ruleset\":null}")]
    [InlineData("{\"version\":1,\"links\":[],\"addresses\":[],\"routes\":[],\"rules\":[],\"sysctls\":[{\"path\":\"../kernel/core_pattern\",\"value\":\"x\"}]}")]
    [InlineData("{\"version\":1,\"links\":[],\"addresses\":[],\"routes\":[],\"rules\":[],\"sysctls\":[{\"path\":\"/etc/passwd\",\"value\":\"x\"}]}")]
    [InlineData("{\"version\":1,\"links\":[],\"addresses\":[],\"routes\":[],\"rules\":[],\"sysctls\":[{\"path\":\"ipv4/x\"}]}")]
    [InlineData("{\"version\":1,\"links\":[],\"addresses\":[],\"routes\":[],\"rules\":[],\"sysctls\":[null]}")]
    public void WhatIsNoImageIsRefused(string content) =>
        Assert.Throws<MalformedNetworkImageException>(() => NetworkImageFile.Read(Encoding.UTF8.GetBytes(content)));
}
