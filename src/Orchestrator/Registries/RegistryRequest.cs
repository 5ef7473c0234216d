namespace LxcNative.Orchestrator.Registries;

/// <summary>A request, which may have to be sent more than once.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Target">Its address.</param>
internal sealed record RegistryRequest(HttpMethod Method, Uri Target)
{
    /// <summary>The kinds of content that are understood; empty for any.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>Makes what is sent along; null for nothing.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>From which byte on the content is wanted; 0 for all of it.</summary>
    public long From { get; init; }

    /// <summary>Whether an answer may name another address, where a blob is.</summary>
    public bool IsReading => Method == HttpMethod.Get || Method == HttpMethod.Head;

    /// <summary>The message to be sent once.</summary>
    /// <param name="target">Where to.</param>
    public HttpRequestMessage Message(Uri target)
    {
        var message = new HttpRequestMessage(Method, target) { Content = Content?.Invoke() };
        foreach (var kind in Accept)
            message.Headers.Accept.ParseAdd(kind);
        if (From > 0)
            message.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(From, null);
        return message;
    }
}
