namespace LxcNative.Orchestrator.Engines.Lxc.Configurations;

/// <summary>An LXC configuration (lxc.container.conf(5)), line by line: comments and order stay as they are.</summary>
/// <param name="Lines">Its lines.</param>
internal sealed record LxcConfiguration(IReadOnlyList<ConfigurationLine> Lines)
{
    private const string Prefix = "lxc.";

    /// <summary>Reads a configuration's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What the file is called in an error.</param>
    /// <exception cref="MalformedConfigurationException">A line is neither a comment nor <c>key = value</c>.</exception>
    public static LxcConfiguration Parse(string text, string file = "config")
    {
        var lines = text.Split('\n');
        // The last line's end begins no other line.
        var count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        return new LxcConfiguration([.. lines.Take(count).Select((line, index) => ParseLine(line.TrimEnd('\r'), file, index + 1))]);
    }

    /// <summary>The value that is in force for a key that has one; null where it has none.</summary>
    public string? Get(string key) => Lines.LastOrDefault(line => line.Key == key) is { Value.Length: > 0 } line ? line.Value : null;

    /// <summary>The values of a key that may stand several times; an empty one clears those before it.</summary>
    public IReadOnlyList<string> GetAll(string key)
    {
        var values = new List<string>();
        foreach (var line in Lines.Where(line => line.Key == key))
        {
            if (line.Value.Length == 0)
                values.Clear();
            else
                values.Add(line.Value);
        }

        return values;
    }

    /// <summary>The configuration with one value for a key: in the place of the last that there was, else at the end.</summary>
    public LxcConfiguration With(string key, string value)
    {
        var last = Lines.LastOrDefault(line => line.Key == key);
        return last is null
            ? new LxcConfiguration([.. Lines, ConfigurationLine.Of(key, value)])
            : new LxcConfiguration([.. Lines.Select(line => ReferenceEquals(line, last) ? ConfigurationLine.Of(key, value) : line)]);
    }

    /// <summary>The configuration with these values for a key, at its end, and none of those that there were.</summary>
    public LxcConfiguration WithAll(string key, IEnumerable<string> values) =>
        new([.. Lines.Where(line => line.Key != key), .. values.Select(value => ConfigurationLine.Of(key, value))]);

    /// <summary>The text; of a configuration that was read and not changed the very text that was read, save for a missing last line end.</summary>
    public override string ToString() => string.Concat(Lines.Select(line => line.Text + "\n"));

    private static ConfigurationLine ParseLine(string text, string file, int number)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0 || trimmed[0] == '#')
            return new ConfigurationLine(text, null, "");
        if (trimmed.Any(char.IsControl) && trimmed.Any(one => char.IsControl(one) && one != '\t'))
            throw new MalformedConfigurationException(file, number, "there is a control character in it");
        var equals = trimmed.IndexOf('=', StringComparison.Ordinal);
        var key = equals < 0 ? trimmed : trimmed[..equals].TrimEnd();
        if (!key.StartsWith(Prefix, StringComparison.Ordinal))
            // Whatever else stands in such a file is not for LXC, which passes over it.
            return equals > 0
                ? new ConfigurationLine(text, null, "")
                : throw new MalformedConfigurationException(file, number, $"\"{Shown(trimmed)}\" is no \"key = value\"");
        if (equals < 0)
            throw new MalformedConfigurationException(file, number, $"\"{Shown(key)}\" has no value: \"{Shown(key)} =\" clears it");
        if (key.Length == Prefix.Length || key.Any(char.IsWhiteSpace))
            throw new MalformedConfigurationException(file, number, $"\"{Shown(key)}\" is no key");
        var value = trimmed[(equals + 1)..].TrimStart();
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
            value = value[1..^1];
        return new ConfigurationLine(text, key, value);
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
