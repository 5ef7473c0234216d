using System.Net;
using System.Net.Http.Headers;

namespace LxcNative.Orchestrator.Registries;

/// <summary>A blob, or its end, on its way to a registry: written piece by piece while it is sent.</summary>
internal sealed class BlobContent : HttpContent
{
    private readonly BlobSource _source;
    private readonly long _from;
    private readonly Action<long>? _tell;

    /// <summary>Prepares it.</summary>
    /// <param name="source">The blob.</param>
    /// <param name="from">The byte that it begins with.</param>
    /// <param name="tell">Is told the byte that was reached.</param>
    public BlobContent(BlobSource source, long from, Action<long>? tell)
    {
        (_source, _from, _tell) = (source, from, tell);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Headers.ContentLength = source.Size - from;
        // Not as RFC 9110 writes it: the distribution specification has neither unit nor length.
        if (from > 0)
            Headers.TryAddWithoutValidation("Content-Range", $"{from}-{source.Size - 1}");
    }

    /// <summary>Is told that a piece was taken.</summary>
    public Action Sent { get; set; } = () => { };

    /// <inheritdoc />
    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _source.Write(new EndStream(stream, _from, _source.Size, reached =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Sent();
            _tell?.Invoke(reached);
        }));

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        throw new NotSupportedException("requests are sent by the thread that makes what is in them");

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = _source.Size - _from;
        return true;
    }
}
