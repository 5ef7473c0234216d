using System.Globalization;

namespace LxcNative.Orchestrator.Comparisons;

/// <summary>What is known of a container, each thing with a name and a text.</summary>
internal sealed class Facts
{
    private readonly Dictionary<(string Area, string Item), string> _values = [];
    private readonly Dictionary<string, string> _notKnown = new(StringComparer.Ordinal);

    /// <summary>The names of all of it.</summary>
    public IEnumerable<(string Area, string Item)> Keys => _values.Keys;

    /// <summary>The areas that nothing is known of, with the reason.</summary>
    public IReadOnlyDictionary<string, string> NotKnown => _notKnown;

    /// <summary>Adds something; of several with one name each has its number.</summary>
    public void Add(string area, string item, string value)
    {
        var key = (area, item);
        for (var number = 2; _values.ContainsKey(key); number++)
            key = (area, string.Create(CultureInfo.InvariantCulture, $"{item} #{number}"));
        _values.Add(key, value);
    }

    /// <summary>Adds all of another.</summary>
    public void Add(Facts other)
    {
        foreach (var (area, item) in other.Keys)
            Add(area, item, other._values[(area, item)]);
    }

    /// <summary>Says that an area is not known.</summary>
    public void Lack(string area, string reason) => _notKnown[area] = reason;

    /// <summary>A text; null where there is none of the name.</summary>
    public string? Value((string Area, string Item) key) => _values.GetValueOrDefault(key);
}
