using System.Collections.Concurrent;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Accuracy;

/// <summary>Collects what became of the states, and writes it to out/accuracy/restored.tsv, where the page of the pre-flight's accuracy takes it
/// from.</summary>
public sealed class RestoreTable : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _rows = new(StringComparer.Ordinal);

    internal void Add(string key, string verdict, string detail) => _rows[key] = $"{key}\t{verdict}\t{detail.Replace('\t', ' ').Replace('\n', ' ')}";

    public void Dispose()
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "out", "accuracy")).FullName, "restored.tsv");
        // Another run may have tried the others.
        var others = File.Exists(file) ? File.ReadLines(file).Where(line => !_rows.ContainsKey(line.Split('\t')[0])) : [];
        File.WriteAllLines(file, [.. others.Concat(_rows.Values).Order(StringComparer.Ordinal)]);
    }
}
