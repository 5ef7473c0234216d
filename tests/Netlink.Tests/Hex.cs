namespace LxcNative.Netlink.Tests;

/// <summary>Bytes written as text, one line a field; what follows <c>//</c> is for the reader.</summary>
internal static class Hex
{
    public static byte[] Parse(string text) => Convert.FromHexString(string.Concat(
        text.Split('\n').Select(line => line.Split("//")[0].Replace(" ", "", StringComparison.Ordinal).Trim())));
}
