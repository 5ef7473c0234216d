using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Parts.Network.Capturing;

/// <summary>The settings of a network namespace as open files, so that reading all of them is one pread(2) each.</summary>
internal sealed class SysctlFiles : IDisposable
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const string Root = "/proc/sys/net";
    private const int UsualLength = 256;
    private const int MaximumLength = 1 << 20;

    // The kernel stops before a number that does not fit any more.
    private const int Margin = 32;
    private readonly List<(string Path, FileDescriptor File)> _files;
    private byte[] _buffer = new byte[128 * 1024];

    private SysctlFiles(List<(string Path, FileDescriptor File)> files) => _files = files;

    /// <summary>How many there are.</summary>
    public int Count => _files.Count;

    /// <summary>Opens every setting that can be read and written, in the namespace of the calling thread.</summary>
    /// <exception cref="SyscallException">A directory cannot be listed.</exception>
    public static SysctlFiles OpenHere()
    {
        var files = new List<(string, FileDescriptor)>();
        Collect(Root, files);
        return new SysctlFiles(files);
    }

    /// <summary>Reads every setting. One that has no value (EIO: stable_secret that was never set) is left out.</summary>
    public SysctlValues Read()
    {
        var ends = new int[_files.Count];
        var used = 0;
        for (var index = 0; index < _files.Count; index++)
        {
            var length = ReadFile(_files[index].File, ref used);
            ends[index] = length < 0 ? -1 : used;
        }

        return new SysctlValues([.. _files.Select(file => file.Path)], _buffer.AsSpan(0, used).ToArray(), ends);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, file) in _files)
            file.Dispose();
    }

    private static void Collect(string directory, List<(string, FileDescriptor)> files)
    {
        foreach (var entry in DirectoryListing.Read(directory))
        {
            var path = $"{directory}/{entry.Name}";
            if (entry.Type == FileType.Directory)
            {
                Collect(path, files);
                continue;
            }

            // What nobody may read is a trigger (route/flush); what nobody may write is not a setting of this namespace.
            if (!FileStatus.TryRead(path, out var status, followLinks: false) || ((UnixFileMode)status.Permissions & Readable) == 0
                || ((UnixFileMode)status.Permissions & Writable) == 0)
                continue;
            files.Add((path[(Root.Length + 1)..], FileOpen.Open(path, OpenFlags.ReadOnly)));
        }
    }

    private int ReadFile(FileDescriptor file, ref int used)
    {
        // The kernel clears a buffer as long as the one it is given, so the usual read asks for little; a value that fills it, a list of
        // ports, is read again from the beginning, because most settings know no other position.
        for (var room = UsualLength; room <= MaximumLength; room *= 16)
        {
            while (_buffer.Length - used < room)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var count = FileContent.TryReadAt(file, _buffer.AsSpan(used, room), 0);
            if (count < 0)
                return -1;
            if (count < room - Margin)
            {
                used += count;
                return count;
            }
        }

        throw new SyscallException("pread", "a setting below /proc/sys/net", Errno.EFBIG);
    }
}
