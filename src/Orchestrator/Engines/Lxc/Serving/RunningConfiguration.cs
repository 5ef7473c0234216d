using LxcNative.Native.Files;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>A container's configuration as it runs: what its monitor said at the checkpoint, else what its file says now.</summary>
/// <param name="items">The values by key, as LXC gives them; those of lists end with a line end each.</param>
internal sealed class RunningConfiguration(IReadOnlyDictionary<string, string> items)
{
    private const string HaltKey = "lxc.signal.halt";
    private const string StopKey = "lxc.signal.stop";

    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => items.Count == 0;

    /// <summary>Takes what was recorded, or the file where nothing was.</summary>
    /// <param name="recorded">From the checkpoint.</param>
    /// <param name="file">The container's configuration file, which need not be there.</param>
    public static RunningConfiguration Of(IReadOnlyDictionary<string, string> recorded, string file) =>
        new(recorded.Count > 0 || !File.Exists(file) ? recorded : FromFile(file));

    /// <summary>The same with another value for some keys.</summary>
    public RunningConfiguration With(IEnumerable<(string Key, string Value)> changes)
    {
        var all = items.ToDictionary(StringComparer.Ordinal);
        foreach (var (key, value) in changes)
            all[key] = value;
        return new RunningConfiguration(all);
    }

    /// <summary>The value of a key; null where it has none.</summary>
    public string? Get(string key) => items.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    /// <summary>The values of a key that may have several.</summary>
    public IReadOnlyList<string> GetAll(string key) => Get(key)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The signal that ends the container at once (lxc.signal.stop).</summary>
    public Native.Processes.Signal Stop => Get(StopKey) is { } value and not "0" ? HaltSignal.Parse(value) : Native.Processes.Signal.Kill;

    /// <summary>The signal that asks init to end (lxc.signal.halt).</summary>
    public Native.Processes.Signal Halt => Get(HaltKey) is { } value and not "0" ? HaltSignal.Parse(value) : Native.Processes.Signal.PowerFailure;

    private static Dictionary<string, string> FromFile(string file)
    {
        try
        {
            var text = LxcConfiguration.Parse(RegularFile.ReadText(file), file);
            return text.Lines.Select(line => line.Key).OfType<string>().Distinct(StringComparer.Ordinal).ToDictionary(
                key => key, key =>
                    text.GetAll(key) is { Count: > 1 } several ? string.Concat(several.Select(one => one + "\n")) : text.Get(key) ?? "",
                    StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LxcNativeException)
        {
            // Nothing depends on it that could not be answered by its defaults.
            return [];
        }
    }
}
