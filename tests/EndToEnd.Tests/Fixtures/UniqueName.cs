using System.Security.Cryptography;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>Names that collide neither with the machine's own things nor with those of other test runs.</summary>
public static class UniqueName
{
    /// <summary>Four hexadecimal digits that all names of this test run begin with, after their prefix.</summary>
    public static string Run { get; } = Hex(2);

    /// <summary>A container's name: lxn-t-HEX.</summary>
    public static string Container() => "lxn-t-" + Run + Hex(2);

    /// <summary>A link's name of at most 15 characters: PREFIX and eight hexadecimal digits.</summary>
    public static string Link(string prefix) => prefix + Run + Hex(2);

    private static string Hex(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
