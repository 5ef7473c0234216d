namespace LxcNative.Bench.Live;

/// <summary>What a benchmark's container consists of.</summary>
/// <param name="Processes">How many processes, the init among them.</param>
/// <param name="Megabytes">How much memory its init has touched.</param>
public sealed record ContainerShape(int Processes = 4, int Megabytes = 1)
{
    /// <summary>Further sockets that its init has open.</summary>
    public int Sockets { get; init; }

    /// <summary>Further bind mounts of directories of the host.</summary>
    public int Binds { get; init; }

    /// <summary>Further tmpfs of its own.</summary>
    public int Tmpfs { get; init; }

    /// <summary>Whether its last process has an io_uring, which criu cannot dump.</summary>
    public bool HasRing { get; init; }

    /// <summary>Whether two of its processes talk over loopback.</summary>
    public bool HasInside { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Processes} proc, {Megabytes} MB";
}
