using System.Net;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Registries;

/// <summary>Sends requests to a registry: with what it has to be told, over the answers that only name another address, and again where it was busy.</summary>
internal sealed class RegistryConnection : IDisposable
{
    private const int MostRedirects = 5, MostTries = 5;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250), s_longestPause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, HttpClient> _clients = new(StringComparer.OrdinalIgnoreCase);
    private readonly string? _certDir;
    private readonly RegistryAuthorization _authorization;
    private readonly bool _allowsPlain;
    private bool _hasAnswered;

    /// <summary>Prepares one; nothing is sent yet.</summary>
    /// <param name="image">What shall be pushed or pulled.</param>
    /// <param name="actions">"pull" or "pull,push".</param>
    /// <param name="options">How.</param>
    public RegistryConnection(ImageReference image, string actions, RegistryOptions options)
    {
        Host = image.Registry;
        _allowsPlain = options.PlainHttp;
        Root = new Uri($"{(options.PlainHttp ? "http" : "https")}://{image.Host}/");
        _certDir = options.CertDir;
        // A certificate that cannot be read is told before anything is sent.
        _ = ClientOf(Root);
        _authorization = new RegistryAuthorization(image, actions, options, SendOnce);
    }

    /// <summary>The registry, as its user calls it.</summary>
    public string Host { get; }

    /// <summary>The address that all others are below.</summary>
    public Uri Root { get; }

    /// <summary>Sends a request, and again where the registry was busy or the connection broke.</summary>
    /// <inheritdoc cref="SendOnce(RegistryRequest, CancellationToken)" />
    public HttpResponseMessage Send(RegistryRequest request, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pause = Pause(attempt);
            try
            {
                var answer = SendOnce(request, cancellation);
                if (!IsBusy(answer.StatusCode) || attempt == MostTries)
                    return answer;
                pause = answer.Headers.RetryAfter?.Delta is { } wanted && wanted > pause ? wanted : pause;
                answer.Dispose();
            }
            catch (IOException) when (_hasAnswered && attempt < MostTries)
            {
                // What never answered is told at once: its name may be wrong.
            }

            Wait(pause, cancellation);
        }
    }

    /// <summary>Sends a request.</summary>
    /// <returns>The answer, whose body has not come yet; the caller's to dispose.</returns>
    /// <exception cref="RefusedException">The registry does not let us, or sends to where nothing is told.</exception>
    /// <exception cref="IOException">It cannot be reached, the connection broke, or it was silent for too long.</exception>
    public HttpResponseMessage SendOnce(RegistryRequest request, CancellationToken cancellation)
    {
        var target = request.Target;
        var hasTold = false;
        for (var redirects = 0; ;)
        {
            using var message = request.Message(target);
            var isOurs = IsRegistry(target);
            if (isOurs)
                _authorization.AddTo(message);
            var answer = SendOnce(message, cancellation);
            if (answer.StatusCode == HttpStatusCode.Unauthorized && isOurs && !hasTold)
            {
                using (answer)
                    _authorization.Answer(answer, cancellation);
                hasTold = true;
            }
            else if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && isOurs)
            {
                using (answer)
                    throw _authorization.Denied(RegistryError.Read(answer, cancellation));
            }
            else if (request.IsReading && (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308)
            {
                using (answer)
                    target = Follow(target, answer.Headers.Location);
                if (++redirects > MostRedirects)
                    throw new RefusedException($"{Host} sends from one address to the next, more than {MostRedirects} times");
            }
            else
            {
                return answer;
            }
        }
    }

    /// <summary>The address that an answer names.</summary>
    /// <exception cref="RefusedException">It names none, or one where everybody could listen.</exception>
    public Uri Follow(Uri from, Uri? location)
    {
        if (location is null || !Uri.TryCreate(from, location, out var target) || target.Scheme is not ("http" or "https") || target.UserInfo.Length > 0)
            throw new RefusedException($"{Host} names no address that content is at");
        return target.Scheme == "https" || _allowsPlain ? target
            : throw new RefusedException($"{Host} sends to {target.Authority}, without TLS: nothing is sent or taken there. --plain-http allows it");
    }

    /// <summary>What an answer is to be told as that nobody wanted.</summary>
    public LxcNativeException Unexpected(HttpResponseMessage answer, string what, CancellationToken cancellation)
    {
        var text = Describe(answer, what, cancellation);
        return IsBusy(answer.StatusCode) ? new FailedException(text, ContainerState.Untouched) : new RefusedException(text);
    }

    /// <summary>An answer that nobody wanted, in words, with those of the registry.</summary>
    public string Describe(HttpResponseMessage answer, string what, CancellationToken cancellation) =>
        $"{Host} answers {(int)answer.StatusCode} {answer.ReasonPhrase} to {what}{(RegistryError.Read(answer, cancellation) is { } said ? $" ({said})" : "")}";

    /// <summary>Whether an answer says that another try may be worth it.</summary>
    public static bool IsBusy(HttpStatusCode code) => (int)code is 408 or 429 or >= 500;

    /// <summary>Waits before the next try.</summary>
    public static void Wait(TimeSpan pause, CancellationToken cancellation)
    {
        cancellation.WaitHandle.WaitOne(pause < s_longestPause ? pause : s_longestPause);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>How long that is after so many tries.</summary>
    public static TimeSpan Pause(int attempt) => s_firstPause * (1 << Math.Clamp(attempt - 1, 0, 6));

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private bool IsRegistry(Uri target) => target.Scheme == Root.Scheme && target.Host == Root.Host && target.Port == Root.Port;

    // One for each host: what vouches for the registry does not for another.
    private HttpClient ClientOf(Uri target)
    {
        if (_clients.TryGetValue(target.GetLeftPart(UriPartial.Authority), out var known))
            return known;
        var trust = IsRegistry(target) ? RegistryTrust.Read(Host, _certDir) : RegistryTrust.Read(target.Authority, directory: null);
        var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(20),
            UseCookies = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, chain, errors) => trust.IsTrusted(certificate, chain, errors) },
        })
        {
            // Of each request by itself: see Patience.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("lxcnative");
        return _clients[target.GetLeftPart(UriPartial.Authority)] = client;
    }

    private HttpResponseMessage SendOnce(HttpRequestMessage message, CancellationToken cancellation)
    {
        using var patience = new Patience(cancellation);
        if (message.Content is BlobContent content)
            content.Sent = patience.Renew;
        var host = message.RequestUri!.Authority;
        try
        {
            var answer = ClientOf(message.RequestUri).Send(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            _hasAnswered = true;
            return answer;
        }
        catch (OperationCanceledException e)
        {
            throw patience.Explain(host, e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            var isOurs = IsRegistry(message.RequestUri);
            throw new RefusedException($"no TLS connection to {host} can be made: {Innermost(e).Message.TrimEnd('.')}. The certificate of its authority "
                + $"goes to /etc/containers/certs.d/{(isOurs ? Host : host)}/ca.crt"
                + (isOurs ? ", or --cert-dir names a directory; --plain-http goes without TLS" : $": that of {Host} is not believed for another host"), e);
        }
        catch (HttpRequestException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new IOException($"{host} cannot be reached: {Innermost(e).Message}", e);
        }
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
