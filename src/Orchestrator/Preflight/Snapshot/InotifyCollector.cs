using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Finds out whether what inotify descriptors watch can be found again: by the handle in fdinfo, as criu does.</summary>
internal static class InotifyCollector
{
    /// <summary>Fills in the watches of every inotify descriptor.</summary>
    public static void Collect(IEnumerable<ObservedProcess> processes, Container container)
    {
        var served = ServedMounts.Of(container.Mounts.Select(mount => mount.Entry), MountInfo.ReadSelf);
        foreach (var file in processes.SelectMany(process => process.Files).Where(file => file is { Target: "anon_inode:inotify", Info: not null }))
            file.Watches = [.. file.Info!.Split('\n').Where(line => line.StartsWith("inotify ", StringComparison.Ordinal))
                .Select(line => Look(line, container, served))];
    }

    // inotify wd:1 ino:2 sdev:2b mask:2 ignored_mask:0 fhandle-bytes:c fhandle-type:81 f_handle:0200...
    private static InotifyWatch Look(string line, Container container, ServedMounts served)
    {
        var fields = line.Split(' ').Select(field => field.Split(':', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        if (!Hexadecimal(fields, "ino", out var inode) || !Hexadecimal(fields, "sdev", out var device))
            return new InotifyWatch(0, 0, InotifyPlace.Named);
        // The kernel's own encoding: 20 bits of minor.
        var (major, minor) = ((uint)device >> 20, (uint)device & 0xfffff);
        var mounts = container.Mounts.Where(mount => mount.Entry.Major == major && mount.Entry.Minor == minor).ToList();
        if (mounts.Count == 0 || mounts.Exists(mount => served.Holds(mount.Entry.MountPoint))
            || !fields.TryGetValue("f_handle", out var handle) || !Hexadecimal(fields, "fhandle-type", out var type))
            return new InotifyWatch((uint)device, inode, InotifyPlace.Named);
        var root = $"/proc/{container.InitPid}/root";
        var named = mounts.Where(mount => !served.Holds(mount.Entry.MountPoint))
            .Select(mount => HasName($"{root}{mount.Entry.MountPoint}", handle, (int)type, inode)).ToList();
        var place = named.Contains(true) ? InotifyPlace.Named
            : named.Contains(false)
            ? mounts.Any(mount => mount.Entry.FileSystemType is "tmpfs" or "devtmpfs") ? InotifyPlace.NamelessInMemory : InotifyPlace.NamelessOnDisk
            : !served.IsEmpty || CriuInodeSearch.Finds(root, (uint)device, inode) ? InotifyPlace.Named : InotifyPlace.WithoutHandle;
        return new InotifyWatch((uint)device, inode, place);
    }

    // Null where the handle finds nothing; true too where nobody could look.
    private static bool? HasName(string mountPoint, string handle, int type, ulong inode)
    {
        try
        {
            using var mount = FileOpen.Open(mountPoint, OpenFlags.ReadOnly | OpenFlags.Directory);
            using var file = FileHandle.TryOpen(mount, type, Convert.FromHexString(handle));
            if (file is null)
                return null;
            var status = FileStatus.Read(file);
            return status.Inode == inode && status.LinkCount > 0;
        }
        catch (SyscallException)
        {
            return true;
        }
    }

    private static bool Hexadecimal(Dictionary<string, string> fields, string key, out ulong value)
    {
        value = 0;
        return fields.TryGetValue(key, out var text) && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
