using System.Text;

namespace LxcNative.Orchestrator.Engines.Lxc.Commands;

/// <summary>The abstract address of a container's command socket: <c>LXCPATH/NAME/command</c>, or <c>lxc/HASH/command</c> where that is too long.</summary>
internal static class CommandAddress
{
    private const string Suffix = "/command";
    private const string HashPrefix = "lxc/";
    private const int Limit = 106;

    /// <summary>The address of a container, without the leading NUL.</summary>
    public static string Of(string lxcPath, string name)
    {
        var plain = $"{lxcPath}/{name}{Suffix}";
        return Encoding.UTF8.GetByteCount(plain) < Limit ? plain : $"{HashPrefix}{Fnv1A64($"{lxcPath}/{name}"):x16}{Suffix}";
    }

    /// <summary>The path and name in an address; null where it is none, or a hash, which only the monitor itself can tell the meaning of.</summary>
    public static (string LxcPath, string Name)? Parse(string address)
    {
        if (!address.StartsWith('/') || !address.EndsWith(Suffix, StringComparison.Ordinal))
            return null;
        var container = address[..^Suffix.Length];
        var slash = container.LastIndexOf('/');
        return slash > 0 && slash < container.Length - 1 ? (container[..slash], container[(slash + 1)..]) : null;
    }

    /// <summary>Whether it is the address of a command socket by its form.</summary>
    public static bool IsOne(string address) =>
        Parse(address) is not null
            || (address.Length == HashPrefix.Length + 16 + Suffix.Length && address.StartsWith(HashPrefix, StringComparison.Ordinal)
            && address.EndsWith(Suffix, StringComparison.Ordinal));

    private static ulong Fnv1A64(string text)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ octet) * 0x100000001b3UL);
        return hash;
    }
}
