using System.Net;
using System.Security.Cryptography;
using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Registries;

/// <summary>A blob as it comes from a registry: as many bytes as its manifest says and no more, hashed on their way. A connection that breaks is made again,
/// and goes on with the byte where it broke.</summary>
/// <param name="connection">The registry.</param>
/// <param name="target">The blob's address.</param>
/// <param name="digest">What it has to be.</param>
/// <param name="size">How long it has to be.</param>
/// <param name="tell">Is told the bytes that have come; null for nobody.</param>
/// <param name="cancellation">Honoured at any moment.</param>
internal sealed class BlobStream(RegistryConnection connection, Uri target, ContentDigest digest, long size, Action<long>? tell, CancellationToken cancellation)
    : ReadingStream
{
    private const int MostFailures = 5;

    // Zeros behind the end of an archive, compressed or not, and the frames of a compressor.
    private const long MostBehindTheEnd = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[128 << 10];
    private HttpResponseMessage? _answer;
    private Stream? _body;
    private Patience? _patience;
    private long _received;
    private int _at, _end, _failures;

    /// <inheritdoc />
    public override long Length => size;

    /// <inheritdoc />
    public override long Position { get => _received - (_end - _at); set => throw new NotSupportedException(); }

    /// <summary>The first bytes, which are read all the same.</summary>
    public ReadOnlySpan<byte> Head(int length)
    {
        while (_end < length && Receive(_end))
        {
        }

        return _buffer.AsSpan(0, Math.Min(length, _end));
    }

    /// <inheritdoc />
    /// <exception cref="RefusedException">It is not what its digest says.</exception>
    /// <exception cref="IOException">The registry cannot be reached any more.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (_at == _end)
        {
            (_at, _end) = (0, 0);
            if (!Receive(0))
                return 0;
        }

        var count = Math.Min(buffer.Length, _end - _at);
        _buffer.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    /// <summary>Reads what whoever wanted the archive left, so that all of it was compared with its digest.</summary>
    /// <exception cref="RefusedException">It is not what its digest says, or much follows the archive's end.</exception>
    public void Complete()
    {
        if (size - Position > MostBehindTheEnd)
            throw new MalformedArchiveException($"{size - Position} bytes follow the end of the archive");
        CopyTo(Null);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            HangUp();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    // False at the end; the last bytes are handed on only when all of them are what they should be.
    private bool Receive(int at)
    {
        while (_received < size)
        {
            try
            {
                _body ??= Open();
                _patience!.Renew();
                var wanted = (int)Math.Min(_buffer.Length - at, size - _received);
                var count = _body.ReadAsync(_buffer.AsMemory(at, wanted), _patience.Token).AsTask().GetAwaiter().GetResult();
                if (count == 0)
                    throw new IOException($"{connection.Host} ended the connection after {_received} of {size} bytes");
                Take(at, count);
                return true;
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                var why = e is OperationCanceledException cancelled ? _patience?.Explain(connection.Host, cancelled) ?? e : e;
                HangUp();
                if (++_failures >= MostFailures)
                    throw new IOException($"{why.Message}; {_failures} tries in a row brought nothing", why);
                RegistryConnection.Wait(RegistryConnection.Pause(_failures), cancellation);
            }
        }

        return false;
    }

    private void Take(int at, int count)
    {
        _failures = 0;
        _hash.AppendData(_buffer, at, count);
        _received += count;
        _end = at + count;
        tell?.Invoke(_received);
        if (_received < size)
            return;
        HangUp();
        if (Convert.ToHexStringLower(_hash.GetHashAndReset()) != digest.Hex)
            throw new MalformedArchiveException($"what {connection.Host} sends for {digest} is something else: it is damaged there, or was changed on the way");
    }

    private Stream Open()
    {
        var answer = connection.SendOnce(new RegistryRequest(HttpMethod.Get, target) { From = _received }, cancellation);
        try
        {
            if (RegistryConnection.IsBusy(answer.StatusCode))
                throw new IOException($"{connection.Host} answers {(int)answer.StatusCode} {answer.ReasonPhrase}");
            var begin = answer.StatusCode switch
            {
                HttpStatusCode.OK => 0,
                HttpStatusCode.PartialContent when _received > 0 && answer.Content.Headers.ContentRange is { HasRange: true, From: { } from }
                    && from == _received => from,
                _ => throw connection.Unexpected(answer, $"a request for {digest}{(_received > 0 ? $" from byte {_received} on" : "")}", cancellation),
            };
            if (answer.Content.Headers.ContentLength is { } length && length != size - begin)
                throw new MalformedArchiveException($"{connection.Host} has {begin + length} bytes for {digest}, and the manifest says {size}");
            _patience = new Patience(cancellation);
            var body = answer.Content.ReadAsStream(cancellation);
            Skip(body, _received - begin);
            _answer = answer;
            return body;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    // What does not know ranges begins with the first byte again.
    private void Skip(Stream body, long count)
    {
        var skipped = new byte[16 << 10];
        while (count > 0)
        {
            _patience!.Renew();
            var read = body.ReadAsync(skipped.AsMemory(0, (int)Math.Min(skipped.Length, count)), _patience.Token).AsTask().GetAwaiter().GetResult();
            count -= read > 0 ? read : throw new IOException($"{connection.Host} ended the connection");
        }
    }

    private void HangUp()
    {
        _body?.Dispose();
        _answer?.Dispose();
        _patience?.Dispose();
        (_body, _answer, _patience) = (null, null, null);
    }
}
