using System.Text.Json;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>A host as it is wanted: what <c>lxcnative host prepare --config</c> reads.</summary>
public sealed record HostDescription
{
    /// <summary>The cgroup mounts; null for as they are.</summary>
    public CgroupDescription? Cgroup { get; init; }

    /// <summary>The bridges, made in this order.</summary>
    public IReadOnlyList<BridgeDescription> Bridges { get; init; } = [];

    /// <summary>Reads a description.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="RefusedException">It is not what docs/host.md says; the message tells where.</exception>
    public static HostDescription Parse(string json)
    {
        try
        {
            var description = JsonSerializer.Deserialize(json, PreparationJson.Default.HostDescription)
                ?? throw new RefusedException("the description is empty");
            return description.Bridges is { } bridges && bridges.All(bridge => bridge is not null)
                ? description
                : throw new RefusedException("$.bridges: a list of bridges is needed");
        }
        catch (JsonException e)
        {
            throw new RefusedException($"the description is wrong at {e.Path ?? "$"}, line {e.LineNumber + 1}: {e.Message}", e);
        }
    }

    /// <summary>The preparations, in order.</summary>
    /// <param name="host">A socket in the host's network namespace; stays the caller's.</param>
    /// <exception cref="RefusedException">An address is none, or a number out of range.</exception>
    public IReadOnlyList<HostPreparation> Preparations(RouteSocket host) =>
        [.. Cgroup is { } cgroup ? [new CgroupPreparation(cgroup.Layout, cgroup.At)] : Array.Empty<HostPreparation>(),
            .. Bridges.Select(bridge => new BridgePreparation(host, bridge.ToWish()))];
}
