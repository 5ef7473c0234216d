using System.Text;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Cli.Commands;

/// <summary>The library names an option by its property, the command line by its flag.</summary>
internal static class OptionName
{
    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        [nameof(CheckpointOptions.ImagesDirectory)] = "--images-dir",
        [nameof(CheckpointOptions.Label)] = "--name",
        [nameof(CheckpointOptions.Network)] = "--netns",
        [nameof(CheckpointOptions.SigningKey)] = "--sign",
        [nameof(RestoreOptions.VethPairs)] = "--veth-pair",
        [nameof(RestoreOptions.PidFile)] = "--pidfile",
        [nameof(RestoreOptions.Detached)] = "--restore-detached",
        [nameof(RestoreOptions.Addresses)] = "--address",
        [nameof(RestoreOptions.HardwareAddress)] = "--hwaddr",
        [nameof(RestoreOptions.HostName)] = "--hostname",
    };

    /// <summary>The flag of a property.</summary>
    public static string Of(string property)
    {
        if (Irregular.TryGetValue(property, out var flag))
            return flag;
        var words = new StringBuilder("-");
        foreach (var letter in property)
            words.Append(char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : letter);
        return words.ToString();
    }
}
