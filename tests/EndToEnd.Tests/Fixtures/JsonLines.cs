using System.Text.Json;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>The objects that ip -j and bridge -j print, one a line, without what changes by itself.</summary>
internal static class JsonLines
{
    private static readonly HashSet<string> _volatile =
    [
        "stats", "stats64", "expires", "used", "valid_life_time", "preferred_life_time", "hello_timer", "tcn_timer", "topology_change_timer", "gc_timer",
        "message_age_timer", "forward_delay_timer", "hold_timer", "age", "updated", "metrics_age", "bytes", "packets", "topology_change_detected",
        "topology_change",
    ];

    /// <summary>One line an element of the array; keys of <paramref name="ignored"/> are left out as well.</summary>
    public static IEnumerable<string> Of(string json, params string[] ignored)
    {
        if (string.IsNullOrWhiteSpace(json))
            return [];
        using var document = JsonDocument.Parse(json);
        // `ip -j addr` prints an empty object for every link that a filter left out.
        return [.. document.RootElement.EnumerateArray().Select(element => Text(element, ignored)).Where(line => line != "{}")];
    }

    private static string Text(JsonElement element, string[] ignored) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            "{" + string.Join(", ", element.EnumerateObject().Where(property => !_volatile.Contains(property.Name) && !ignored.Contains(property.Name))
            .OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => $"{property.Name}: {Text(property.Value, ignored)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(", ", element.EnumerateArray().Select(item => Text(item, ignored))) + "]",
        _ => element.ToString(),
    };
}
