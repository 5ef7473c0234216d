using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Cli.Commands;

/// <summary>Whether a container's root file system goes with its checkpoint, and where it comes to.</summary>
internal static class RootTransfer
{
    /// <summary><c>--rootfs</c>.</summary>
    public static Option<bool> With() => new("--rootfs")
    {
        Description = "With the container's root file system, as it is now: refused while anything of the container runs.",
    };

    /// <summary><c>--root DIR</c>.</summary>
    public static Option<string?> Place() => new("--root", "-r")
    {
        Description = "Where to extract the container's root file system, which has come along: nothing, or an empty directory; `restore --root` takes it.",
        HelpName = "DIR",
    };

    /// <summary>Tells what somebody should know of a root that went along.</summary>
    public static void Tell(ExportedRoot? root)
    {
        if (root is { Changed: > 0 })
            ErrorOutput.Warn($"{root.Changed} of {root.Files} files of {root.Path} were changed since the checkpoint (such as {root.FirstChanged}): what was "
                + "in the container's memory may not fit them");
    }

    /// <summary>Tells of a root that came along and was left.</summary>
    public static void Tell(bool hasRoot, string? root)
    {
        if (hasRoot && root is null)
            ErrorOutput.Warn("the container's root file system came along and was left: --root DIR extracts it");
    }
}
