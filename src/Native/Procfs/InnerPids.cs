using System.Buffers.Text;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Procfs;

/// <summary>The pids that processes have in their own pid namespaces.</summary>
/// <remarks>Those of one namespace, that of the process it is made for, by one ioctl each (NS_GET_TGID_IN_PIDNS, Linux 6.11); the others, and all on
/// older kernels, from the end of "NSpid:" in /proc/PID/status, which takes the kernel a hundred times as long. For several threads.</remarks>
internal sealed class InnerPids : IDisposable
{
    private readonly FileDescriptor? _namespace;
    private readonly string? _link;

    /// <summary>Opens the namespace of <paramref name="home"/>.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such process.</exception>
    public InnerPids(int home)
    {
        var path = $"/proc/{home}/ns/pid";
        try
        {
            _link = SymbolicLink.Read(path);
            _namespace = FileOpen.Open(path, OpenFlags.ReadOnly);
        }
        catch (SyscallException e) when (e.Errno is Errno.EACCES or Errno.EPERM)
        {
            return;
        }

        // Where /proc is that of another pid namespace than the caller's, the ioctl would speak of other processes.
        if (ByNamespace(home) == FromStatus(home))
            return;
        _namespace.Dispose();
        _namespace = null;
    }

    /// <summary>The pid of <paramref name="pid"/> in the namespace that it is in.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such process.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public int Of(int pid) => IsInNamespace(pid) && ByNamespace(pid) is var inner and > 0 ? inner : FromStatus(pid);

    /// <inheritdoc />
    public void Dispose() => _namespace?.Dispose();

    private bool IsInNamespace(int pid)
    {
        try
        {
            return _namespace is not null && SymbolicLink.Read($"/proc/{pid}/ns/pid") == _link;
        }
        catch (SyscallException e) when (e.Errno is Errno.EACCES or Errno.EPERM)
        {
            // Another user's process: its status may be read, its namespaces may not.
            return false;
        }
    }

    // ENOTTY: an older kernel; ESRCH: it has just ended, as status will say.
    private int ByNamespace(int pid)
    {
        using var lease = new DescriptorLease(_namespace!);
        return LibC.ioctl(lease.Number, unchecked((int)Nsfs.NS_GET_TGID_IN_PIDNS), pid);
    }

    // The rest of the file is not worth its parsing; a kernel without pid namespaces has no such line.
    private static int FromStatus(int pid)
    {
        var path = $"/proc/{pid}/status";
        var text = KernelFile.ReadBytes(path).AsSpan();
        var start = text.IndexOf("\nNSpid:"u8);
        if (start < 0)
            return pid;
        var line = text[(start + 1)..];
        line = line[..(line.IndexOf((byte)'\n') is var end and >= 0 ? end : line.Length)];
        return Utf8Parser.TryParse(line[(line.LastIndexOf((byte)'\t') + 1)..], out int inner, out _)
            ? inner : throw new MalformedProcFileException(path, 0, Encoding.UTF8.GetString(line), "no pid");
    }
}
