using System.Text.Json;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>One answer of the payload to "status".</summary>
public sealed class PayloadStatus
{
    /// <summary>Counters of the full payload that grow by themselves.</summary>
    public static readonly string[] Running =
        ["counter", "thread", "worker", "loopback", "fifoWritten", "fifoRead", "timerfd", "fastTimerfd", "epoll", "sigalrm", "posixTimer", "unlinked", "memfd",
            "checks"];

    private PayloadStatus(string text, string? error, IReadOnlyDictionary<string, long> counters)
    {
        Text = text;
        Error = error;
        Counters = counters;
    }

    /// <summary>The line as it came.</summary>
    public string Text { get; }

    /// <summary>The first thing that was ever wrong, or null.</summary>
    public string? Error { get; }

    /// <summary>Every number of the answer by its name.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; }

    public long this[string name] => Counters[name];

    public static PayloadStatus Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var counters = json.RootElement.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Number)
            .ToDictionary(property => property.Name, property => property.Value.GetInt64());
        return new PayloadStatus(line, json.RootElement.GetProperty("error").GetString(), counters);
    }

    /// <summary>The counters that are not beyond those of <paramref name="earlier"/> by at least <paramref name="steps"/>.</summary>
    public IReadOnlyList<string> NotBeyond(PayloadStatus earlier, long steps) =>
        [.. Running.Where(name => Counters.TryGetValue(name, out var now) && now < earlier[name] + steps)
            .Select(name => $"{name} {earlier[name]} -> {Counters[name]}")];
}
