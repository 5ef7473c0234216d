using System.Net.Http.Headers;

namespace LxcNative.Orchestrator.Registries;

/// <summary>What a registry wants to be told before it answers (WWW-Authenticate).</summary>
/// <param name="Scheme">"Bearer" or "Basic".</param>
/// <param name="Parameters">Their names in small letters.</param>
internal sealed record AuthChallenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The one of an answer that is understood, tokens first; null for none.</summary>
    public static AuthChallenge? Of(HttpResponseMessage answer) =>
        Find(answer.Headers.WwwAuthenticate, "Bearer") ?? Find(answer.Headers.WwwAuthenticate, "Basic");

    /// <summary>Reads NAME=VALUE or NAME="VALUE", separated by commas; what follows something else is left out.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < text.Length;)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0)
                break;
            var name = text[at..equals].Trim(' ', ',', '\t');
            int end;
            if (equals + 1 < text.Length && text[equals + 1] == '"')
            {
                var close = text.IndexOf('"', equals + 2);
                if (close < 0)
                    break;
                found.TryAdd(name, text[(equals + 2)..close]);
                end = close + 1;
            }
            else
            {
                var comma = text.IndexOf(',', equals);
                end = comma < 0 ? text.Length : comma;
                found.TryAdd(name, text[(equals + 1)..end].Trim());
            }

            at = end + 1;
        }

        return found;
    }

    private static AuthChallenge? Find(HttpHeaderValueCollection<AuthenticationHeaderValue> values, string scheme) =>
        values.FirstOrDefault(value => value.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase)) is { } found
            ? new AuthChallenge(scheme, Parse(found.Parameter ?? "")) : null;
}
