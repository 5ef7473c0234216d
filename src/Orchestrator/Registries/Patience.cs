namespace LxcNative.Orchestrator.Registries;

/// <summary>How long somebody may be silent: a cancellation that comes when nothing was heard for so long, or when the caller's own comes.</summary>
internal sealed class Patience : IDisposable
{
    /// <summary>How long that is.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _source;

    public Patience(CancellationToken caller)
    {
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        Renew();
    }

    /// <summary>Cancelled then.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Something was heard.</summary>
    public void Renew() => _source.CancelAfter(Limit);

    /// <summary>What a cancellation is to be told as.</summary>
    /// <param name="who">Who was silent.</param>
    /// <param name="e">The cancellation.</param>
    /// <exception cref="OperationCanceledException">It is the caller's own.</exception>
    public IOException Explain(string who, OperationCanceledException e)
    {
        _caller.ThrowIfCancellationRequested();
        return new IOException($"{who} was silent for {Limit.TotalSeconds:0} s", e);
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();
}
