using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Procfs;

/// <summary>A process held by a pidfd (pidfd_open(2), Linux 5.3): its number may be used again, the handle still means this one.</summary>
public sealed unsafe class ProcessHandle : IDisposable
{
    private ProcessHandle(int pid, FileDescriptor descriptor, ulong startTimeTicks)
    {
        Pid = pid;
        Descriptor = descriptor;
        StartTimeTicks = startTimeTicks;
    }

    /// <summary>The number it was opened by.</summary>
    public int Pid { get; }

    /// <summary>The pidfd; owned by this handle.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Its start after boot, clock ticks: with the pid it names the process for good, in files too.</summary>
    public ulong StartTimeTicks { get; }

    /// <summary>Whether every thread of it has ended; a zombie has.</summary>
    public bool HasExited => WaitForExit(TimeSpan.Zero);

    /// <summary>Opens a process.</summary>
    /// <exception cref="SyscallException">ESRCH or ENOENT: there is no such process. EINVAL: the number is a thread's.</exception>
    public static ProcessHandle Open(int pid)
    {
        var descriptor = new FileDescriptor(SyscallException.ThrowIfFailed(
            (int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_pidfd_open, pid, 0), "pidfd_open", $"pid {pid}"));
        try
        {
            var start = ProcStat.Read(pid).StartTimeTicks;
            var handle = new ProcessHandle(pid, descriptor, start);
            // As long as the process can be signalled it is not reaped, so the number was not used again before its stat was read.
            handle.SendSignal(Signal.None);
            return handle;
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Opens a process only if it is the one that started then.</summary>
    /// <returns>Null when it is gone, or its number names another process by now.</returns>
    /// <exception cref="SyscallException">The process cannot be opened for another reason.</exception>
    public static ProcessHandle? TryOpen(int pid, ulong startTimeTicks)
    {
        ProcessHandle handle;
        try
        {
            handle = Open(pid);
        }
        catch (SyscallException exception) when (exception.Errno is Errno.ESRCH or Errno.ENOENT or Errno.EINVAL)
        {
            return null;
        }

        if (handle.StartTimeTicks == startTimeTicks)
            return handle;
        handle.Dispose();
        return null;
    }

    /// <summary>Sends a signal to this very process (pidfd_send_signal(2)).</summary>
    /// <exception cref="SyscallException">ESRCH: it ended and was waited for.</exception>
    public void SendSignal(Signal signal)
    {
        using var lease = new DescriptorLease(Descriptor);
        SyscallException.ThrowIfFailed(
            (int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_pidfd_send_signal, lease.Number, (int)signal, 0, 0),
            "pidfd_send_signal",
            $"{signal} to pid {Pid}");
    }

    /// <summary>Waits until every thread of the process has ended. It need not be a child and is not reaped.</summary>
    /// <param name="timeout">The longest wait; null for any.</param>
    /// <returns>False when the time passed first.</returns>
    /// <exception cref="SyscallException">ppoll(2) failed.</exception>
    public bool WaitForExit(TimeSpan? timeout = null)
    {
        using var lease = new DescriptorLease(Descriptor);
        return DescriptorPoll.WaitReadable(lease.Number, timeout, $"pidfd of {Pid}");
    }

    /// <summary>Takes a duplicate of one of its descriptors (pidfd_getfd(2), Linux 5.6): both stand for the same open file.</summary>
    /// <param name="number">Its number there.</param>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="SyscallException">EBADF: it has none of that number. EPERM: it may not be traced. ESRCH: it ended.</exception>
    public FileDescriptor DuplicateDescriptor(int number)
    {
        using var lease = new DescriptorLease(Descriptor);
        return new FileDescriptor(SyscallException.ThrowIfFailed(
            (int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_pidfd_getfd, lease.Number, number, 0), "pidfd_getfd", $"descriptor {number} of pid {Pid}"));
    }

    /// <summary>Closes the pidfd. The process is not touched.</summary>
    public void Dispose() => Descriptor.Dispose();
}
