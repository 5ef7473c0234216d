using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Registries;

/// <summary>Tells a registry who is there: nobody, until it asks; then by a password, or by a token that its token server gives for one.</summary>
/// <param name="image">What shall be pushed or pulled.</param>
/// <param name="actions">"pull" or "pull,push".</param>
/// <param name="options">How the registry is spoken to.</param>
/// <param name="send">Sends a request without asking for anything.</param>
internal sealed class RegistryAuthorization(
    ImageReference image, string actions, RegistryOptions options, Func<HttpRequestMessage, CancellationToken, HttpResponseMessage> send)
{
    private const int LongestToken = 1 << 20;

    private readonly Lazy<RegistryCredentials?> _credentials = new(() => AuthFile.Find(image, options.AuthFile));
    private AuthenticationHeaderValue? _header;

    /// <summary>Adds what is known so far.</summary>
    public void AddTo(HttpRequestMessage request) => request.Headers.Authorization = _header;

    /// <summary>Finds what a registry asks for, so that the same request may be sent again.</summary>
    /// <param name="refusal">Its answer.</param>
    /// <param name="cancellation">A cancellation.</param>
    /// <exception cref="RefusedException">It asks for what is not there, or not to be given.</exception>
    public void Answer(HttpResponseMessage refusal, CancellationToken cancellation) => _header = AuthChallenge.Of(refusal) switch
    {
        { Scheme: "Basic" } when _credentials.Value is { } known => Basic(known),
        { Scheme: "Basic" } => throw Missing(),
        { } challenge => new AuthenticationHeaderValue("Bearer", Token(challenge, cancellation)),
        null => throw new RefusedException($"{image.Registry} asks who is there in a way that is not known here "
            + $"({string.Join(", ", refusal.Headers.WwwAuthenticate.Select(one => one.Scheme))})"),
    };

    /// <summary>That it did not like what it was told.</summary>
    public RefusedException Denied(string? words)
    {
        var said = words is null ? "" : $" ({words})";
        return _credentials.Value is { } known
            ? new RefusedException($"{image.Registry} does not let {known} {actions.Replace(",", " and ", StringComparison.Ordinal)} {image.Repository}{said}")
            : new RefusedException($"{Missing().Message}{said}");
    }

    private RefusedException Missing() => new($"{image.Registry} wants to know who asks for {image.Repository}, and no credentials for it are in the usual "
        + $"files: `podman login {image.Registry}`, `skopeo login` or `docker login` writes one, --auth-file names another");

    private static AuthenticationHeaderValue Basic(RegistryCredentials known) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{known.User}:{known.Password}")));

    private string Token(AuthChallenge challenge, CancellationToken cancellation)
    {
        if (!challenge.Parameters.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var server)
            || server.Scheme is not ("http" or "https"))
            throw new RefusedException($"{image.Registry} names no server that gives tokens for it (realm \"{realm}\")");
        // A password would be sent there.
        if (server.Scheme == "http" && !options.PlainHttp)
            throw new RefusedException($"{image.Registry} sends to {server.Authority} for a token, without TLS: nothing is told there. --plain-http allows it");
        challenge.Parameters.TryGetValue("service", out var service);
        var scope = challenge.Parameters.TryGetValue("scope", out var wanted) ? wanted : $"repository:{image.Repository}:{actions}";
        using var request = Request(server, service, scope);
        using var answer = send(request, cancellation);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? Denied(RegistryError.Read(answer, cancellation))
                : new RefusedException($"{server.Authority}, which gives tokens for {image.Registry}, answers {(int)answer.StatusCode} "
                    + $"{answer.StatusCode}");
        return Read(answer, server, cancellation);
    }

    private HttpRequestMessage Request(Uri server, string? service, string scope)
    {
        if (_credentials.Value is { IdentityToken: { } identity })
            return new HttpRequestMessage(HttpMethod.Post, server)
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["grant_type"] = "refresh_token",
                    ["service"] = service ?? "",
                    ["scope"] = scope,
                    ["client_id"] = "lxcnative",
                    ["refresh_token"] = identity,
                }),
            };
        var query = new StringBuilder(server.Query.Length > 1 ? $"{server.Query[1..]}&" : "");
        if (service is not null)
            query.Append("service=").Append(Uri.EscapeDataString(service)).Append('&');
        query.Append("scope=").Append(Uri.EscapeDataString(scope));
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(server) { Query = query.ToString() }.Uri);
        if (_credentials.Value is { } known)
            request.Headers.Authorization = Basic(known);
        return request;
    }

    private static string Read(HttpResponseMessage answer, Uri server, CancellationToken cancellation)
    {
        try
        {
            var told = JsonSerializer.Deserialize(BoundedContent.Read(answer, LongestToken, "a token", cancellation), RegistryJson.Default.TokenAnswer);
            if ((told?.Token ?? told?.AccessToken) is { Length: > 0 } token && token.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0)
                return token;
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new RefusedException($"{server.Authority} gives no token that can be understood");
    }
}
