using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Commands;

/// <summary>What to do about a container that does not run, where its checkpoint is kept: starting it anew would lose what was in its memory.</summary>
internal static class KeptCheckpoint
{
    /// <summary>What is told in the place of the refusal; null where no checkpoint of it is kept, or none can be read.</summary>
    public static string? Advice(ContainerNotFoundException missing, CheckpointStore store)
    {
        try
        {
            if (missing is not { Name: { } name, LxcPath: { } path } || store.Newest(name) is not { } directory)
                return null;
            var manifest = CheckpointManifest.Read(directory);
            // Another of its name may be kept elsewhere.
            if (manifest.Container.LxcPath != path)
                return null;
            var label = manifest.Label is { } called ? $", called {called}" : "";
            var place = store.Path == CheckpointStore.DefaultPath ? "" : $" --store {store.Path}";
            return $"container {name} is not running. Of the checkpoints of it that are kept under {store.Path} the newest is of "
                + $"{Moment.Format(manifest.Created)}{label}: `lxcnative restore {name}{place}` brings it back; `lxc-start -n {name}` would start it anew, "
                + "without what was in its memory";
        }
        catch (Exception e) when (e is LxcNativeException or UnauthorizedAccessException or IOException or Native.Errors.LinuxException)
        {
            return null;
        }
    }
}
