namespace LxcNative.Bench.Live.Clients;

/// <summary>A kind of client.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Start">Starts one.</param>
internal sealed record ClientKind(string Name, Func<BenchContainer, GapClient> Start)
{
    /// <summary>The headline.</summary>
    public static ClientKind Request { get; } = new("one request at a time", container => new RequestClients(container, 1));

    public static IReadOnlyList<ClientKind> All { get; } =
    [
        Request,
        new("20 connections, a request at a time each", container => new RequestClients(container, 20)),
        new("a new connection for each request", container => new NewConnectionClient(container)),
        new("a datagram at a time", container => new DatagramRequestClient(container)),
        new("a datagram every ms", container => new DatagramStreamClient(container)),
        new("a segment every ms", container => new SegmentClient(container, 8, TimeSpan.FromMilliseconds(1))),
        new("as much as goes, both ways", container => new SegmentClient(container, 1 << 16, TimeSpan.Zero)),
        new("loopback inside", container => new InsideClient(container)),
    ];
}
