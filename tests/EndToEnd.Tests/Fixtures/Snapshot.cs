using System.Text;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>Named lists of lines that can be compared; the order within a list says nothing.</summary>
public sealed class Snapshot
{
    private readonly SortedDictionary<string, IReadOnlyList<string>> _sections = new(StringComparer.Ordinal);

    /// <summary>The lines of one part.</summary>
    public IReadOnlyList<string> this[string section] => _sections[section];

    public void Add(string section, IEnumerable<string> lines) => _sections[section] = [.. lines.Order(StringComparer.Ordinal)];

    /// <summary>A copy without some parts.</summary>
    public Snapshot Without(params string[] sections)
    {
        var rest = new Snapshot();
        foreach (var (name, lines) in _sections.Where(one => !sections.Contains(one.Key)))
            rest.Add(name, lines);
        return rest;
    }

    /// <summary>What <paramref name="later"/> lacks (-) and has besides (+), part by part; empty when both are equal.</summary>
    public string DifferenceTo(Snapshot later)
    {
        var text = new StringBuilder();
        foreach (var section in _sections.Keys.Union(later._sections.Keys).Order(StringComparer.Ordinal))
        {
            var before = _sections.GetValueOrDefault(section, []);
            var after = later._sections.GetValueOrDefault(section, []);
            var (gone, come) = (Subtract(before, after), Subtract(after, before));
            if (gone.Count + come.Count == 0)
                continue;
            text.Append(section).Append(":\n");
            gone.ForEach(line => text.Append("  - ").Append(line).Append('\n'));
            come.ForEach(line => text.Append("  + ").Append(line).Append('\n'));
        }
        return text.ToString();
    }

    /// <summary>Everything, for a person to read.</summary>
    public override string ToString() =>
        string.Concat(_sections.Select(section => $"{section.Key}:\n{string.Concat(section.Value.Select(line => $"    {line}\n"))}"));

    /// <summary>As a multiset: a line that is there twice counts twice.</summary>
    private static List<string> Subtract(IEnumerable<string> lines, IEnumerable<string> others)
    {
        var left = lines.ToList();
        foreach (var other in others)
            left.Remove(other);
        return left;
    }
}
