using System.CommandLine;
using System.Text.Json;
using LxcNative.Cli.Commands;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Cli.Configuration;

/// <summary>The host's own defaults: a file whose keys are the long names of options, those of one command in an object of its name. An option on the command
/// line comes first, then a
/// variable, then the file.</summary>
internal sealed class ConfigurationFile
{
    /// <summary>Where it is.</summary>
    public const string DefaultPath = "/etc/lxcnative/config.json";

    /// <summary>The variable that names another; an empty one none at all.</summary>
    public const string Variable = "LXCNATIVE_CONFIG";

    // What is variable already, by the option that has precedence over it.
    private static readonly Dictionary<string, string> s_variables = new(StringComparer.Ordinal)
    {
        ["--store"] = StoreOption.Variable,
        ["--criu"] = "LXCNATIVE_CRIU",
        ["--libcriu"] = "LXCNATIVE_LIBCRIU",
    };

    // What one run is about, or does once, is no default.
    private static readonly HashSet<string> s_never = new(StringComparer.Ordinal)
    {
        "--images-dir", "--pid", "--pidfile", "--name", "--explain", "--all", "--dry-run", "--undo", "--status", "--show", "--fix", "--help", "--version",
            "--json", "--timeline",
    };

    private readonly string _path;
    private readonly Dictionary<(Command Command, string Option), JsonElement> _values = [];

    private ConfigurationFile(string path) => _path = path;

    /// <summary>The options that may have a default in the file.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) => command.Options.Where(option => option.Name.StartsWith("--", StringComparison.Ordinal)
        && !s_never.Contains(option.Name));

    /// <summary>The options that several commands have: those may be said once for all.</summary>
    public static IEnumerable<string> CommonOptions(RootCommand root) =>
        CommandTree.Leaves(root).SelectMany(OptionsOf).GroupBy(option => option.Name).Where(group => group.Count() > 1).Select(group => group.Key);

    /// <summary>Reads the file that is there, or null.</summary>
    /// <exception cref="RefusedException">Others than root can write it, or it says what is not known.</exception>
    public static ConfigurationFile? Read(RootCommand root)
    {
        var path = Environment.GetEnvironmentVariable(Variable) is { } named ? named : DefaultPath;
        if (path.Length == 0)
            return null;
        try
        {
            if (!FileStatus.TryRead(path, out var status))
                return path == DefaultPath ? null : throw new RefusedException($"there is no configuration file {path} ({Variable} names it)");
            if (Writable(Path.GetFullPath(path)) is { } other)
                throw new RefusedException($"the configuration file {path} decides what runs as root, and {other} can be written by others: chown root, "
                    + $"chmod go-w");
            return Parse(RegularFile.ReadText(path), path, root);
        }
        catch (Exception e) when (e is SyscallException or IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"the configuration file {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="RefusedException">It says what is not known.</exception>
    public static ConfigurationFile Parse(string text, string path, RootCommand root)
    {
        var file = new ConfigurationFile(path);
        try
        {
            var lenient = new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
                AllowDuplicateProperties = false,
            };
            using var document = JsonDocument.Parse(text, lenient);
            file.Take(root, document.RootElement, "");
        }
        catch (JsonException e)
        {
            throw new RefusedException($"the configuration file {path} is no JSON: {e.Message}", e);
        }

        return file;
    }

    /// <summary>The command line with the file's defaults of its command, before what is a program's own.</summary>
    /// <param name="arguments">As they were given.</param>
    /// <param name="parsed">The same, parsed.</param>
    public string[] AddTo(string[] arguments, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var added = OptionsOf(command).Where(option => parsed.GetResult(option) is null or { Implicit: true } && !HasVariable(option.Name))
            .SelectMany(option => Find(command, option.Name) is { } value ? Words(option.Name, value) : []).ToList();
        var end = Array.IndexOf(arguments, "--");
        return end < 0 ? [.. arguments, .. added] : [.. arguments[..end], .. added, .. arguments[end..]];
    }

    /// <summary>The sentence about a value of the file's that its option does not take.</summary>
    public string Blame(string problem) => $"{problem} (as {_path} says)";

    private static bool HasVariable(string option) =>
        s_variables.TryGetValue(option, out var variable) && Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    // The file or directory that somebody else than root can write, or put another in the place of.
    private static string? Writable(string path)
    {
        const uint others = 0x12, sticky = 0x200;
        for (var one = path; one is not null; one = Path.GetDirectoryName(one))
        {
            var status = FileStatus.Read(one);
            if (status.UserId != 0 || ((status.Mode & others) != 0 && ((status.Mode & sticky) == 0 || one == path)))
                return one;
        }

        return null;
    }

    // One for all commands is said at the top.
    private JsonElement? Find(Command command, string option)
    {
        if (_values.TryGetValue((command, option), out var own))
            return own;
        foreach (var ((of, name), value) in _values)
            if (of is RootCommand && name == option)
                return value;
        return null;
    }

    private void Take(Command command, JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Refuse(place, "is no object of options");
        foreach (var property in element.EnumerateObject())
        {
            var here = place.Length == 0 ? property.Name : $"{place}.{property.Name}";
            if (command.Subcommands.FirstOrDefault(one => one.Name == property.Name) is { } below)
                Take(below, property.Value, here);
            else if (Known(command).Contains("--" + property.Name))
                _values.Add((command, "--" + property.Name), Checked(property.Value, here));
            else
                throw Refuse(here, $"is no option that can have a default{Meant(command, property.Name)}");
        }
    }

    private static string Meant(Command command, string name) =>
        NearestName.Ask(name, Known(command).Select(option => option[2..]).Concat(command.Subcommands.Select(one => one.Name)));

    private static HashSet<string> Known(Command command) =>
        command is RootCommand root ? [.. CommonOptions(root)] : [.. OptionsOf(command).Select(option => option.Name)];

    private JsonElement Checked(JsonElement value, string place) => value.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.Clone(),
        JsonValueKind.Array when value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) => value.Clone(),
        _ => throw Refuse(place, "is neither text, a number, true or false, nor a list of texts"),
    };

    private static IEnumerable<string> Words(string option, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(one => Words(option, one)),
        JsonValueKind.String => [$"{option}={value.GetString()}"],
        _ => [$"{option}={value.GetRawText()}"],
    };

    private RefusedException Refuse(string place, string what) =>
        new($"the configuration file {_path}: {(place.Length == 0 ? "what it holds" : $"\"{place}\"")} {what}");
}
