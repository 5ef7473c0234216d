namespace LxcNative.Orchestrator.Restores;

/// <summary>Where the host end of a container's device goes: criu's <c>--veth-pair IN=OUT[@BRIDGE]</c>.</summary>
/// <param name="Inside">The device's name in the container.</param>
/// <param name="Host">The name of its host end.</param>
/// <param name="Bridge">The bridge to attach it to; null for the one it was attached to.</param>
public sealed record VethPairOption(string Inside, string Host, string? Bridge)
{
    private const int LongestName = 15;

    /// <summary>Parses <c>IN=OUT[@BRIDGE]</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static VethPairOption Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (equals <= 0 || (at >= 0 && at < equals))
            throw new FormatException($"\"{text}\" is not of the form IN=OUT[@BRIDGE], such as eth0=vethtest@br0");
        var option = new VethPairOption(text[..equals], at < 0 ? text[(equals + 1)..] : text[(equals + 1)..at], at < 0 ? null : text[(at + 1)..]);
        foreach (var name in new[] { option.Inside, option.Host, option.Bridge })
            if (name is not null && (name.Length is 0 or > LongestName || name.AsSpan().ContainsAny("/: \t\n")))
                throw new FormatException($"\"{name}\" in \"{text}\" is not a device name: 1 to {LongestName} characters without slash, colon or space");
        return option;
    }
}
