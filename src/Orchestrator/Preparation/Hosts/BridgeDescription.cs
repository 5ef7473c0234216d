using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>A bridge in a <see cref="HostDescription"/>.</summary>
public sealed record BridgeDescription
{
    /// <summary>Its name, up to 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>A device that becomes a port of it and gives it its addresses.</summary>
    public string? Uplink { get; init; }

    /// <summary>Addresses with prefix lengths.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Whether it runs the spanning tree protocol.</summary>
    public bool? Stp { get; init; }

    /// <summary>Its forward delay in seconds.</summary>
    public double? ForwardDelaySeconds { get; init; }

    /// <summary>Its MTU in bytes.</summary>
    public uint? Mtu { get; init; }

    /// <summary>The bridge that is described.</summary>
    /// <exception cref="RefusedException">An address is none, or a number out of range.</exception>
    public BridgeWish ToWish() => new(Name)
    {
        Uplink = Uplink,
        Addresses = [.. (Addresses ?? []).Select(ParseAddress)],
        Stp = Stp,
        ForwardDelay = ForwardDelaySeconds is { } seconds
            ? seconds is >= 0 and <= 30
                ? TimeSpan.FromSeconds(seconds)
                : throw new RefusedException($"bridge {Name}: a forward delay of {seconds} s is none; the kernel takes 0, or 2 to 30")
            : null,
        Mtu = Mtu,
    };

    /// <summary>Reads an address with its prefix length.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    public static Prefix ParseAddress(string text)
    {
        try
        {
            return text.Contains('/', StringComparison.Ordinal) ? Prefix.Parse(text) : throw new FormatException("the prefix length is missing");
        }
        catch (FormatException e)
        {
            throw new RefusedException($"\"{text}\" is no address with a prefix length, like 10.0.3.1/24: {e.Message}", e);
        }
    }
}
