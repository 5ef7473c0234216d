using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Layers;

/// <summary>160 columns: what is wider is not read.</summary>
public sealed class ColumnTests
{
    private const int Columns = 160;

    [Fact]
    public void NoLineIsWider() => Assert.Empty(
        from root in (string[])["src", "tests", "bench", "samples", "fuzz"]
        from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, root), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
        from number in Wider(File.ReadLines(file))
        select $"{Path.GetRelativePath(RepositoryRoot.Path, file)}:{number}");

    [Fact]
    public void WiderLineIsFoundAndScriptInAStringIsNot()
    {
        var wide = new string('x', Columns + 1);
        Assert.Equal([1, 7], Wider([wide, wide[1..], "\"\"\"", wide, "\"\"\"", "a = \"\"\"one line\"\"\";", wide]));
    }

    // What is inside of a raw string has the lines of another language.
    private static IEnumerable<int> Wider(IEnumerable<string> lines)
    {
        var isInside = false;
        foreach (var (index, line) in lines.Index())
        {
            if (line.Length > Columns && !isInside)
                yield return index + 1;
            isInside ^= (line.Split("\"\"\"").Length - 1) % 2 == 1;
        }
    }
}
