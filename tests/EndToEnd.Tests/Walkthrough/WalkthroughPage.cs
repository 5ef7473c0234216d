using System.Text.RegularExpressions;

namespace LxcNative.EndToEnd.Tests.Walkthrough;

/// <summary>docs/walkthrough.md, as far as a machine can follow it.</summary>
/// <param name="Commands">The arguments of every command in it, in order.</param>
/// <param name="Files">The files printed in it, by name.</param>
internal sealed partial record WalkthroughPage(IReadOnlyList<string[]> Commands, IReadOnlyDictionary<string, string> Files)
{
    private const string Program = "lxcnative ";

    public static WalkthroughPage Parse(string markdown)
    {
        var commands = new List<string[]>();
        var files = new Dictionary<string, string>();
        foreach (Match block in BlockPattern().Matches(markdown))
        {
            var (kind, name, text) = (block.Groups["kind"].Value, block.Groups["name"].Value, block.Groups["text"].Value);
            if (kind == "text")
                files.Add(name, text);
            else
                commands.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.StartsWith(Program, StringComparison.Ordinal)
                    ? line[Program.Length..].Split(' ')
                    : throw new InvalidDataException($"the page has another tool's command: {line}")));
        }
        return new WalkthroughPage(commands, files);
    }

    [GeneratedRegex(@"^```(?<kind>sh|text) ?(?<name>\S*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex BlockPattern();
}
