using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;

namespace LxcNative.Orchestrator.Restores;

/// <summary>What a checkpoint was told to leave out of the images under a key has to be named by that key at the restore (criu(8), --external).</summary>
internal static class ExternalCounterparts
{
    // criu takes these from the option; sockets and terminals it looks for by itself, or refuses at the dump.
    private static readonly string[] Kinds = ["mnt", "dev"];

    /// <summary>Those that are missing.</summary>
    public static IEnumerable<Finding> Check(CheckpointManifest manifest, RestoreOptions options) =>
        from external in manifest.Options.External
        let kind = Kinds.FirstOrDefault(kind => external.StartsWith(kind + "[", StringComparison.Ordinal))
        let key = external[(external.IndexOf("]:", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : external.Length)..]
        where kind is not null && key.Length > 0 && !options.External.Any(one => one.StartsWith($"{kind}[{key}]:", StringComparison.Ordinal))
        select ImageRules.NotPlannable.Found(
            $"the checkpoint left {external} out of the images: --external {kind}[{key}]:PATH has to say where it comes from");
}
