using System.Text;
using LxcNative.Native.Files;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Reads what /proc tells of one process. One for each thread.</summary>
/// <param name="init">The container's init.</param>
/// <param name="initMountNamespace">Its mount namespace.</param>
internal sealed class ProcessCollector(int init, ulong initMountNamespace)
{
    private readonly ProcReader _reader = new();
    private readonly PathLookup _paths = new(init, initMountNamespace);
    private readonly Dictionary<ulong, HashSet<ulong>> _mapped = [];
    private readonly Dictionary<(ulong Mount, DeviceNumber Device, ulong Inode), string> _targets = [];
    private readonly byte[] _name = new byte[64];

    /// <summary>Reads a process; null when it is gone.</summary>
    public ObservedProcess? Collect(ContainerProcess process)
    {
        var directory = ProcReader.OpenPlace($"/proc/{process.Pid}");
        if (directory == -1)
            return null;
        try
        {
            var status = _reader.Read(directory, "status\0"u8, isOneRecord: true);
            if (status.IsEmpty)
                return null;
            var observed = new ObservedProcess
            {
                Pid = process.Pid,
                PidInside = process.PidInside,
                Name = process.Name,
                Status = StatusFields.Parse(status),
                Session = process.Session,
                TerminalDevice = process.TerminalDevice,
            };
            if (observed.Status.Threads > 1 || (observed.HasEnded && process.Threads.Count > 1))
                ReadThreads(directory, observed);
            if (observed.HasEnded)
                return observed;
            observed.Namespaces = ReadNamespaces(_reader, directory);
            ReadDescriptors(directory, observed);
            Add(directory, "exe\0"u8, ObservedFile.Program, observed);
            Add(directory, "cwd\0"u8, ObservedFile.WorkingDirectory, observed);
            ReadMappings(directory, observed);
            return observed;
        }
        finally
        {
            ProcReader.Close(directory);
        }
    }

    /// <summary>The namespaces of a process; none where it is gone.</summary>
    public static NamespaceInodes NamespacesOf(int pid)
    {
        var directory = ProcReader.OpenPlace($"/proc/{pid}");
        if (directory == -1)
            return default;
        try
        {
            return ReadNamespaces(new ProcReader(), directory);
        }
        finally
        {
            ProcReader.Close(directory);
        }
    }

    private void ReadThreads(int directory, ObservedProcess observed)
    {
        var threads = new List<(int, StatusFields)>();
        foreach (var thread in _reader.ReadNumbers(directory, "task\0"u8))
        {
            if (thread == observed.Pid)
                continue;
            var place = ProcReader.OpenPlace($"/proc/{observed.Pid}/task/{thread}");
            if (place == -1)
                continue;
            var text = _reader.Read(place, "status\0"u8, isOneRecord: true);
            if (!text.IsEmpty)
                threads.Add((thread, StatusFields.Parse(text)));
            ProcReader.Close(place);
        }

        observed.OtherThreads = [.. threads];
    }

    private static NamespaceInodes ReadNamespaces(ProcReader reader, int directory)
    {
        return new NamespaceInodes(
            Inode("ns/mnt\0"u8), Inode("ns/net\0"u8), Inode("ns/pid\0"u8), Inode("ns/uts\0"u8), Inode("ns/ipc\0"u8), Inode("ns/user\0"u8),
            Inode("ns/cgroup\0"u8), Inode("ns/time\0"u8), Inode("ns/pid_for_children\0"u8), Inode("ns/time_for_children\0"u8));

        // Following the link would take the kernel twice the time.
        ulong Inode(ReadOnlySpan<byte> name) => reader.ReadLinkInode(directory, name);
    }

    private void ReadDescriptors(int directory, ObservedProcess observed)
    {
        foreach (var number in _reader.ReadNumbers(directory, "fd\0"u8))
        {
            if (Add(directory, ProcReader.Name("fd/"u8, number, _name), number, observed) is not { } file)
                continue;
            if (NeedsInfo(file))
                file.Info = Encoding.UTF8.GetString(_reader.Read(directory, ProcReader.Name("fdinfo/"u8, number, _name)));
        }
    }

    private ObservedFile? Add(int directory, ReadOnlySpan<byte> name, int number, ObservedProcess process)
    {
        if (!ProcReader.TryStat(directory, name, out var status) || Target(directory, name, number, status) is not { } target)
            return null;
        var file = Describe(process, number, target, status);
        // A program or directory is looked at only for its mount; whether its name is still there does not matter.
        if (number >= 0 && file.HasPath && file.LinkCount > 0)
            file.Path = _paths.StateOf(file);
        process.Files.Add(file);
        return file;
    }

    // What has one name in its mount has the same link's text in every process: a thousand processes have few different directories and devices. A file with
    // one name may have been opened by another, which is gone; of a program that does not matter.
    private string? Target(int directory, ReadOnlySpan<byte> name, int number, FileDetails status)
    {
        var hasOneName = status.Status.Type switch
        {
            FileType.Regular => number == ObservedFile.Program,
            FileType.CharacterDevice or FileType.BlockDevice => status.Status.LinkCount == 1,
            FileType.Directory => status.Status.LinkCount > 0,
            _ => false,
        };
        if (!hasOneName)
            return _reader.ReadLink(directory, name);
        var key = (status.MountId, status.Status.Device, status.Status.Inode);
        if (!_targets.TryGetValue(key, out var target) && (target = _reader.ReadLink(directory, name)) is not null)
            _targets[key] = target;
        return target;
    }

    private void ReadMappings(int directory, ObservedProcess observed)
    {
        if (!_mapped.TryGetValue(observed.Namespaces.Mount, out var ordinary))
            _mapped[observed.Namespaces.Mount] = ordinary = [];
        HashSet<string>? seen = null;
        // The text is in the reader's buffer: what needs the reader again is done afterwards.
        List<(string Range, ulong Start, string Target)>? lines = null;
        observed.IsBelow4GiB = MappingScan.Scan(_reader.Read(directory, "maps\0"u8), ordinary, (range, start, target) =>
        {
            if ((seen ??= []).Add(target))
                (lines ??= []).Add((range, start, target));
        });
        foreach (var (range, start, target) in lines ?? [])
        {
            var known = ProcReader.TryStat(directory, Encoding.UTF8.GetBytes($"map_files/{range}\0"), out var status);
            var isDevice = known && status.Status.Type == FileType.CharacterDevice;
            observed.Mappings.Add(new ObservedMapping(start, target, isDevice));
            if (known && target.StartsWith('/') && status.Status.Type == FileType.Regular)
                observed.Files.Add(Describe(observed, ObservedFile.Mapped, target, status));
        }
    }

    private static bool NeedsInfo(ObservedFile file) => file.Type switch
    {
        FileType.Regular => file.Target.StartsWith("pidfd:", StringComparison.Ordinal),
        FileType.Unknown => file.Target is "anon_inode:[eventpoll]" or "anon_inode:inotify" or "anon_inode:[pidfd]",
        FileType.Fifo => file.Target.StartsWith("pipe:", StringComparison.Ordinal),
        FileType.CharacterDevice => file.Special is { Major: 5, Minor: 2 },
        _ => false,
    };

    private static ObservedFile Describe(ObservedProcess process, int number, string target, FileDetails status) => new()
    {
        Process = process,
        Number = number,
        Target = target,
        Mode = status.Status.Mode,
        Device = status.Status.Device,
        Inode = status.Status.Inode,
        LinkCount = status.Status.LinkCount,
        AllocatedBytes = status.Blocks * 512,
        Special = status.Status.SpecialDevice,
        MountId = (int)status.MountId,
    };
}
