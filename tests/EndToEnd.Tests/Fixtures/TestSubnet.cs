using System.Security.Cryptography;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A 10.x.y.0/24 and an fd00:…::/64 that no route of the host covers.</summary>
public sealed class TestSubnet
{
    private readonly string _ipv4, _ipv6;

    private TestSubnet(int x, int y)
    {
        _ipv4 = $"10.{x}.{y}.";
        _ipv6 = $"fd00:10:{x:x}:{y:x}::";
    }

    /// <summary>Takes a random subnet that is free in the current network namespace.</summary>
    public static TestSubnet Take()
    {
        var routes = Command.Output("ip", "-4", "route", "show", "table", "all");
        while (true)
        {
            TestSubnet subnet = new(RandomNumberGenerator.GetInt32(64, 250), RandomNumberGenerator.GetInt32(1, 254));
            if (!routes.Contains(subnet._ipv4, StringComparison.Ordinal))
                return subnet;
        }
    }

    /// <summary>An IPv4 address without its prefix length; 1 is the bridge.</summary>
    public string Ipv4(int host) => _ipv4 + host;

    /// <summary>An IPv6 address without its prefix length; 1 is the bridge.</summary>
    public string Ipv6(int host) => $"{_ipv6}{host:x}";

    /// <summary>Both addresses of a host with their prefix lengths.</summary>
    public string[] Addresses(int host) => [$"{Ipv4(host)}/24", $"{Ipv6(host)}/64"];
}
