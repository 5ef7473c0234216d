using LxcNative.Netlink.Routing;

namespace LxcNative.Orchestrator.Restores;

/// <summary>An address of a container that is restored under another name.</summary>
/// <param name="Inside">The name of the device inside; null for the first.</param>
/// <param name="Prefix">The address and the length of its prefix.</param>
public sealed record CloneAddress(string? Inside, Prefix Prefix)
{
    /// <summary>Reads <c>[DEVICE=]ADDRESS/LENGTH</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static CloneAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (!text.Contains('/', StringComparison.Ordinal) || equals == 0)
            throw new FormatException($"\"{text}\" is not of the form [DEVICE=]ADDRESS/LENGTH, such as 10.0.3.7/24");
        return new CloneAddress(equals < 0 ? null : text[..equals], Prefix.Parse(text[(equals + 1)..]));
    }
}
