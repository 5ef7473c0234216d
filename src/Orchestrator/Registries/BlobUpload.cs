using System.Globalization;
using System.Net;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Registries;

/// <summary>Brings a blob to a registry: one that is there already is not sent, and one whose connection breaks goes on with the byte that the registry has
/// come to. A registry that forgets what it had (distribution 2 does, where a request breaks off) is sent all of it again.</summary>
/// <param name="connection">The registry.</param>
/// <param name="repository">The repository's address, with a slash at its end.</param>
internal sealed class BlobUpload(RegistryConnection connection, Uri repository)
{
    // Without a byte more than at the last one.
    private const int MostFailures = 5;

    private Uri? _session;
    private long _reached;

    /// <summary>Sends it.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="tell">Is told the byte that was reached; null for nobody.</param>
    /// <param name="cancellation">Honoured at any moment; the registry is told to forget what it has.</param>
    /// <returns>Whether it was sent: false where it was there.</returns>
    /// <exception cref="LxcNativeException">The registry does not want it.</exception>
    /// <exception cref="IOException">It cannot be reached any more.</exception>
    public bool Run(BlobSource blob, Action<long>? tell, CancellationToken cancellation)
    {
        if (IsThere(blob, cancellation))
            return false;
        (_session, _reached) = (null, 0);
        try
        {
            for (var failures = 0; ; RegistryConnection.Wait(RegistryConnection.Pause(failures), cancellation))
            {
                var before = _reached;
                try
                {
                    Send(blob, tell, cancellation);
                    return true;
                }
                catch (IOException) when (++failures < MostFailures)
                {
                    Resume(blob, cancellation);
                    if (_reached > before)
                        failures = 0;
                }
            }
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    private bool IsThere(BlobSource blob, CancellationToken cancellation)
    {
        using var answer = connection.Send(new RegistryRequest(HttpMethod.Head, new Uri(repository, $"blobs/{blob.Digest}")), cancellation);
        return answer.StatusCode == HttpStatusCode.OK && (answer.Content.Headers.ContentLength ?? blob.Size) == blob.Size;
    }

    private void Send(BlobSource blob, Action<long>? tell, CancellationToken cancellation)
    {
        _session ??= Begin(cancellation);
        if (_reached < blob.Size)
        {
            var request = new RegistryRequest(HttpMethod.Patch, _session) { Content = () => new BlobContent(blob, _reached, tell) };
            using var answer = connection.SendOnce(request, cancellation);
            if (answer.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.NoContent or HttpStatusCode.Created))
                throw Refusal(answer, "the content of a blob", cancellation);
            _session = connection.Follow(_session, answer.Headers.Location ?? _session);
            _reached = blob.Size;
        }

        var query = _session.Query.Length > 1 ? $"{_session.Query}&" : "?";
        var finish = new UriBuilder(_session) { Query = $"{query}digest={Uri.EscapeDataString(blob.Digest.Text)}" }.Uri;
        using var end = connection.SendOnce(new RegistryRequest(HttpMethod.Put, finish) { Content = () => new ByteArrayContent([]) }, cancellation);
        if (end.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.NoContent))
            throw Refusal(end, "the end of a blob", cancellation);
        _session = null;
    }

    private Uri Begin(CancellationToken cancellation)
    {
        var target = new Uri(repository, "blobs/uploads/");
        using var answer = connection.Send(new RegistryRequest(HttpMethod.Post, target) { Content = () => new ByteArrayContent([]) }, cancellation);
        return answer.StatusCode == HttpStatusCode.Accepted ? connection.Follow(target, answer.Headers.Location)
            : throw connection.Unexpected(answer, $"a push to {repository.AbsolutePath}", cancellation);
    }

    // Where the registry says how far it has come, from there; else from the beginning.
    private void Resume(BlobSource blob, CancellationToken cancellation)
    {
        var session = _session;
        (_session, _reached) = (null, 0);
        if (session is null)
            return;
        using var answer = connection.Send(new RegistryRequest(HttpMethod.Get, session), cancellation);
        if (answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.Accepted or HttpStatusCode.OK) || Last(answer) is not { } last
            || last >= blob.Size)
            return;
        (_session, _reached) = (connection.Follow(session, answer.Headers.Location ?? session), last + 1);
    }

    // "0-1023"; what holds nothing yet says "0-0" or "0--1", and one byte too: the whole is sent again then.
    private static long? Last(HttpResponseMessage answer)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Range", out var values) && !answer.Content.Headers.NonValidated.TryGetValues("Range", out values))
            return null;
        var text = values.ToString();
        if (text.StartsWith("bytes=", StringComparison.Ordinal))
            text = text[6..];
        return text.StartsWith("0-", StringComparison.Ordinal) && long.TryParse(text[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && last > 0 ? last : null;
    }

    // Busy, or the session is lost: worth another try.
    private Exception Refusal(HttpResponseMessage answer, string what, CancellationToken cancellation) =>
        RegistryConnection.IsBusy(answer.StatusCode) || (int)answer.StatusCode is 404 or 416
            ? new IOException(connection.Describe(answer, what, cancellation))
            : connection.Unexpected(answer, what, cancellation);

    private void Abandon()
    {
        if (_session is null)
            return;
        try
        {
            // Whoever waits for the end of a cancelled push is not to wait for this.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
            connection.SendOnce(new RegistryRequest(HttpMethod.Delete, _session), limit.Token).Dispose();
        }
        catch (Exception e) when (e is IOException or LxcNativeException or OperationCanceledException)
        {
            // Registries forget unfinished uploads by themselves.
        }
    }
}
