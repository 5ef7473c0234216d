using System.Globalization;
using System.Numerics;
using System.Text;
using LxcNative.Orchestrator.Engines.Lxc.Commands;

namespace LxcNative.Orchestrator.Tests.Engines;

public class CommandAddressTests
{
    [Fact]
    public void ItIsPathNameAndCommand() => Assert.Equal("/var/lib/lxc/test-lxc/command", CommandAddress.Of("/var/lib/lxc", "test-lxc"));

    // python3 -c 'h=0xcbf29ce484222325
    // for b in ("/var/lib/lxc/"+"n"*95).encode(): h=((h^b)*0x100000001b3)%2**64
    // print("%016x"%h)'
    [Fact]
    public void ALongOneIsHashed()
    {
        var address = CommandAddress.Of("/var/lib/lxc", new string('n', 95));
        Assert.Equal($"lxc/{Fnv("/var/lib/lxc/" + new string('n', 95))}/command", address);
        Assert.True(CommandAddress.IsOne(address));
        Assert.Null(CommandAddress.Parse(address));
    }

    [Theory]
    [InlineData("/var/lib/lxc/one/command", "/var/lib/lxc", "one")]
    [InlineData("/srv/ct/two words/command", "/srv/ct", "two words")]
    [InlineData("/one/command", null, null)]
    [InlineData("/command", null, null)]
    [InlineData("/a//command", null, null)]
    [InlineData("var/lib/lxc/one/command", null, null)]
    [InlineData("/var/lib/lxc/one/commands", null, null)]
    public void ItsPathAndNameAreReadBack(string address, string? path, string? name) =>
        Assert.Equal(path is null ? null : (path, name!), CommandAddress.Parse(address));

    private static string Fnv(string text)
    {
        BigInteger hash = 0xcbf29ce484222325;
        foreach (var octet in Encoding.ASCII.GetBytes(text))
            hash = ((hash & ~0xFF) | ((hash & 0xFF) ^ octet)) * 0x100000001b3 % BigInteger.Pow(2, 64);
        return ((ulong)hash).ToString("x16", CultureInfo.InvariantCulture);
    }
}
