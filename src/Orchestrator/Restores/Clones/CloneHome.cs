using LxcNative.Native.Files;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Engine;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Restores.Clones;

/// <summary>Makes a clone's directory where LXC keeps containers: its configuration, and what the overlay over the original's root needs. It stays when the
/// container has ended, like any other's.</summary>
internal static class CloneHome
{
    private const uint Mode = 0x1f8, Private = 0x1c0;

    /// <summary>The step that makes it.</summary>
    /// <param name="clone">The clone.</param>
    /// <param name="states">What was planned.</param>
    public static Step Making(Clone clone, PartStates states) => new($"{clone.Home}, of the new container", () => Make(clone, states))
    {
        Undo = [new CloneHomeUndo(clone.Home, Environment.ProcessId)],
    };

    /// <summary>The container runs: whoever finds its directory takes it for a container's.</summary>
    /// <exception cref="IOException">The mark cannot be removed.</exception>
    public static void Keep(Clone clone) => File.Delete(CloneHomeUndo.MarkOf(clone.Home));

    private static void Make(Clone clone, PartStates states)
    {
        // What is there is somebody else's; nothing is undone before there is a mark.
        Directories.Create(clone.Home, Mode);
        CloneHomeUndo.Mark(clone.Home, Environment.ProcessId);
        File.SetUnixFileMode(clone.Home, (UnixFileMode)Mode);
        if (clone.IsOverlaid)
        {
            Directories.Create(clone.Upper, Private);
            Directories.Create(clone.Work, Private);
            // The upper layer's root is what the root of the overlay looks like.
            var like = FileStatus.Read(clone.Root);
            FileOwner.Set(clone.Upper, like.UserId, like.GroupId);
            File.SetUnixFileMode(clone.Upper, (UnixFileMode)like.Permissions);
        }

        File.WriteAllText(clone.Configuration, Configured(clone, states).ToString());
    }

    // Of the original's file, which has its comments and order; else of what was known of it when it ran.
    private static LxcConfiguration Configured(Clone clone, PartStates states)
    {
        var file = Path.Combine(clone.LxcPath, clone.Original, Clone.ConfigurationName);
        var recorded = new EnginePart().Read(states).Configuration;
        var configuration = File.Exists(file)
            ? LxcConfiguration.Parse(RegularFile.ReadText(file), file)
            : new LxcConfiguration([.. recorded.Where(one => IsPlain(one.Key)).Select(one => ConfigurationLine.Of(one.Key, one.Value.TrimEnd('\n')))]);
        foreach (var (key, value) in CloneKeys.Of(clone, configuration.Get))
            configuration = configuration.WithAll(key, value.Length == 0 ? [] : value.Split('\n'));
        return configuration;
    }

    // Those that have one value, which is written as LXC gives it.
    private static bool IsPlain(string key) =>
        key is "lxc.arch" or "lxc.tty.max" or "lxc.pty.max" or "lxc.signal.halt" or "lxc.signal.reboot" or "lxc.signal.stop"
        || (key.StartsWith("lxc.net.", StringComparison.Ordinal) && key.Split('.')[^1] is "type" or "link" or "name" or "flags" or "mtu");
}
