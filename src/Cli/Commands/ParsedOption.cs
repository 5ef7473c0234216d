using System.CommandLine;

namespace LxcNative.Cli.Commands;

/// <summary>An option whose text means something of ours.</summary>
internal static class ParsedOption
{
    /// <summary>Builds it.</summary>
    /// <param name="name">The flag.</param>
    /// <param name="description">What it does.</param>
    /// <param name="helpName">What its text is called.</param>
    /// <param name="parse">What a text stands for; null for nothing.</param>
    /// <param name="needed">What is needed instead, as the end of a sentence.</param>
    public static Option<T?> Of<T>(string name, string description, string helpName, Func<string, T?> parse, string needed)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (parse(text) is { } value)
                    return value;
                result.AddError($"{name} \"{text}\": {needed} is needed");
                return null;
            },
        };
}
