using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>A file or directory as mountinfo shows a bind of it.</summary>
/// <param name="Major">The major number of the file system's device.</param>
/// <param name="Minor">The minor number.</param>
/// <param name="Root">Its path there.</param>
internal readonly record struct ShownPlace(uint Major, uint Minor, string Root)
{
    /// <summary>What a bind of an open place would be shown as.</summary>
    /// <param name="place">It; stays the caller's.</param>
    /// <param name="own">This mount namespace's table, of a moment when the place's mount was there.</param>
    /// <exception cref="InvalidOperationException">The table is of another namespace.</exception>
    public static ShownPlace Of(FileDescriptor place, IReadOnlyList<MountEntry> own)
    {
        var id = ProcessDescriptors.ReadInfo(Environment.ProcessId, place.Number).MountId;
        var mount = own.FirstOrDefault(entry => entry.Id == id) ?? throw new InvalidOperationException($"mount {id} is not in the table of this namespace");
        var below = SymbolicLink.Read($"/proc/self/fd/{place.Number}")[mount.MountPoint.TrimEnd('/').Length..];
        return new ShownPlace(mount.Major, mount.Minor, $"{mount.Root.TrimEnd('/')}/{below.Trim('/')}" is { Length: > 1 } path ? path.TrimEnd('/') : "/");
    }

    /// <summary>Whether a mount shows it.</summary>
    public bool IsShownBy(MountEntry entry) => entry.Major == Major && entry.Minor == Minor && entry.Root == Root;
}
