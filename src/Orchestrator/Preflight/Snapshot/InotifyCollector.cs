using System.Globalization;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Interop;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Finds out whether what inotify descriptors watch can be found again: by the handle in fdinfo, as criu does.</summary>
internal static unsafe class InotifyCollector
{
    // struct file_handle: its length and type before its bytes.
    private const int HeaderLength = 8;
    private const int LongestHandle = 128;

    /// <summary>Fills in the watches of every inotify descriptor.</summary>
    public static void Collect(IEnumerable<ObservedProcess> processes, Container container)
    {
        foreach (var file in processes.SelectMany(process => process.Files).Where(file => file is { Target: "anon_inode:inotify", Info: not null }))
            file.Watches = [.. file.Info!.Split('\n').Where(line => line.StartsWith("inotify ", StringComparison.Ordinal)).Select(line => Look(line, container))];
    }

    // inotify wd:1 ino:2 sdev:2b mask:2 ignored_mask:0 fhandle-bytes:c fhandle-type:81 f_handle:0200...
    private static InotifyWatch Look(string line, Container container)
    {
        var fields = line.Split(' ').Select(field => field.Split(':', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        if (!Hexadecimal(fields, "ino", out var inode) || !Hexadecimal(fields, "sdev", out var device))
            return new InotifyWatch(0, 0, InotifyPlace.Named);
        // The kernel's own encoding: 20 bits of minor.
        var (major, minor) = ((uint)device >> 20, (uint)device & 0xfffff);
        var mounts = container.Mounts.Where(mount => mount.Entry.Major == major && mount.Entry.Minor == minor).ToList();
        if (mounts.Count == 0 || !fields.TryGetValue("f_handle", out var handle) || !Hexadecimal(fields, "fhandle-type", out var type))
            return new InotifyWatch((uint)device, inode, InotifyPlace.Named);
        var root = $"/proc/{container.InitPid}/root";
        var named = mounts.Select(mount => HasName($"{root}{mount.Entry.MountPoint}", handle, (int)type, inode)).ToList();
        var place = named.Contains(true) ? InotifyPlace.Named
            : named.Contains(false) ? mounts.Any(mount => mount.Entry.FileSystemType is "tmpfs" or "devtmpfs") ? InotifyPlace.NamelessInMemory : InotifyPlace.NamelessOnDisk
            : CriuInodeSearch.Finds(root, (uint)device, inode) ? InotifyPlace.Named : InotifyPlace.WithoutHandle;
        return new InotifyWatch((uint)device, inode, place);
    }

    // Null where the handle finds nothing; true too where nobody could look.
    private static bool? HasName(string mountPoint, string handle, int type, ulong inode)
    {
        var bytes = Convert.FromHexString(handle);
        if (bytes.Length > LongestHandle)
            return true;
        int place;
        fixed (byte* path = System.Text.Encoding.UTF8.GetBytes(mountPoint + "\0"))
            place = ProcCalls.OpenAt(ProcCalls.AT_FDCWD, path, ProcCalls.O_RDONLY | ProcCalls.O_DIRECTORY | ProcCalls.O_CLOEXEC);
        if (place == -1)
            return true;
        try
        {
            var buffer = new byte[HeaderLength + bytes.Length];
            BitConverter.TryWriteBytes(buffer, bytes.Length);
            BitConverter.TryWriteBytes(buffer.AsSpan(4), type);
            bytes.CopyTo(buffer, HeaderLength);
            int opened;
            fixed (byte* start = buffer)
                opened = ProcCalls.OpenByHandleAt(place, start, ProcCalls.O_PATH | ProcCalls.O_CLOEXEC);
            if (opened == -1)
                return null;
            var named = ProcReader.TryStat($"/proc/self/fd/{opened}", out var status) && status.Inode == inode && status.LinkCount > 0;
            _ = ProcCalls.Close(opened);
            return named;
        }
        finally
        {
            _ = ProcCalls.Close(place);
        }
    }

    private static bool Hexadecimal(Dictionary<string, string> fields, string key, out ulong value)
    {
        value = 0;
        return fields.TryGetValue(key, out var text) && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
