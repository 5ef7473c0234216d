using System.CommandLine;

namespace LxcNative.Cli.Commands;

/// <summary>An option that takes one of a few words: those of an enumeration, and not its numbers.</summary>
internal static class WordOption
{
    /// <summary>Builds it.</summary>
    /// <param name="name">The flag.</param>
    /// <param name="description">What it does.</param>
    /// <param name="words">The words, each with what it stands for.</param>
    public static Option<T> Of<T>(string name, string description, params IReadOnlyList<(string Word, T Value)> words) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', words.Select(one => one.Word)),
        CustomParser = result =>
        {
            var word = result.Tokens[0].Value;
            foreach (var one in words)
                if (string.Equals(one.Word, word, StringComparison.OrdinalIgnoreCase))
                    return one.Value;
            result.AddError($"{name} \"{word}\": one of {string.Join(", ", words.Select(one => one.Word))} is needed");
            return default;
        },
    };
}
