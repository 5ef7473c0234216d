using System.CommandLine;
using System.Text;
using LxcNative.Cli.Commands;
using LxcNative.Cli.Configuration;

namespace LxcNative.Cli.Documentation;

/// <summary>docs/configuration.md: what the configuration file may hold, written from the tree of commands.</summary>
internal static class ConfigurationPage
{
    private const string Head =
        """
        # The configuration file

        `/etc/lxcnative/config.json` has the host's own defaults of options. What comes first: an option on the command line, then a variable (`LXCNATIVE_STORE`, `LXCNATIVE_CRIU`,
        `LXCNATIVE_LIBCRIU`), then the file, then what `--help` calls the default. `LXCNATIVE_CONFIG=FILE` names another file, `LXCNATIVE_CONFIG=` none.

            {
              "store": "/srv/checkpoints",
              "checkpoint": { "rehearse": "always", "verbosity": 3, "external": ["mnt[/data]:data"] },
              "prune": { "keep": 3, "older-than": "30d" },
              "container": { "stop": { "timeout": 60 } }
            }

        A key is the long name of an option; those of one command are in an object of its name, and at the top are those that several commands have, for all of them. A value is text, a number,
        true or false, or a list of texts where an option may be repeated. Comments and commas at the end are allowed. What one run is about (a directory, a pid, a name, `--dry-run`, `--json`)
        has no default.

        The file, and the directories above it, have to be root's and writable by nobody else, since it decides what runs as root; a key that is not known is refused by its name. Exit code 3 says
        so, and 2 where a value is not one of its option's. `recover`, `ps` and others that have no option of these do not read the file.

        <!-- eng/docs writes the table. -->
        | place | keys |
        |---|---|

        """;

    /// <summary>The page.</summary>
    public static string Of(RootCommand root)
    {
        var text = new StringBuilder(Head);
        text.Append($"| (top) | {Keys(ConfigurationFile.CommonOptions(root))} |\n");
        foreach (var command in CommandTree.Leaves(root).Where(command => ConfigurationFile.OptionsOf(command).Any()))
            text.Append($"| `{string.Join('.', CommandTree.PathOf(command))}` | {Keys(ConfigurationFile.OptionsOf(command).Select(option => option.Name))} "
                + $"|\n");
        return text.ToString();
    }

    private static string Keys(IEnumerable<string> options) => string.Join(", ", options.Select(option => $"`{option[2..]}`").Order(StringComparer.Ordinal));
}
