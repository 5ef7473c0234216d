using System.Text.RegularExpressions;

namespace LxcNative.Cli.Tests.Parsing;

/// <summary>The library is used by programs that have no flags: what it says speaks of its own options, and of criu's by criu's names.</summary>
public sealed partial class LibraryWordsTests
{
    [Fact]
    public void NothingSpeaksOfAFlagOfThisCommandAlone()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "LxcNative.sln")))
            root = Path.GetDirectoryName(root.TrimEnd('/'))!;
        // The page of findings is the command's.
        var found = Directory.EnumerateFiles(Path.Combine(root, "src/Orchestrator"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && Path.GetFileName(file) != "FindingsDocument.cs")
            .SelectMany(file => File.ReadLines(file).Where(line => Flag().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        Assert.Empty(found);
    }

    [GeneratedRegex("\"[^\"]*(--(netns|tmpfs|lxcpath|fix|layout|rootfs)\\b|`lxcnative )")]
    private static partial Regex Flag();
}
