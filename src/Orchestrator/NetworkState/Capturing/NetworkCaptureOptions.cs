namespace LxcNative.Orchestrator.NetworkState.Capturing;

/// <summary>What the caller knows of a namespace that is to be captured.</summary>
internal sealed record NetworkCaptureOptions
{
    /// <summary>The veth devices inside whose other end the caller will make again.</summary>
    public IReadOnlySet<string> Pairs { get; init; } = new HashSet<string>();

    /// <summary>Tables of nf_tables to leave out, by family (NFPROTO_*) and name: the network lock.</summary>
    public Func<byte, string, bool> IsExcludedTable { get; init; } = (_, _) => false;
}
