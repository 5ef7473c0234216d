using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Processes.Tracing;
using LxcNative.Native.Procfs;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Memory;

/// <summary>Has the kernel note which pages a process writes to (userfaultfd(2), asynchronous write protection; Linux 6.7): the first write to each page takes
/// about a microsecond longer. It ends when this is disposed, and when the process that made it ends.</summary>
/// <remarks>The kernel gives such a descriptor only to the process itself, which makes it for us, standing still for some tens of microseconds, and does not
/// have it any more when it goes on. A program that it begins, and a child, are not tracked: what they have counts as written.</remarks>
internal sealed unsafe class WriteTracking : IDisposable
{
    private const int Attempts = 100;
    private const ulong Features = Userfaultfd.UFFD_FEATURE_WP_ASYNC | Userfaultfd.UFFD_FEATURE_WP_UNPOPULATED;
    private readonly FileDescriptor _descriptor;

    private WriteTracking(FileDescriptor descriptor) => _descriptor = descriptor;

    /// <summary>Whether this kernel can.</summary>
    public static bool IsAvailable() => InjectedCalls.AreSupported && PagemapScanning.IsAvailable();

    /// <summary>Makes it for a process; nothing is tracked yet.</summary>
    /// <param name="process">The process.</param>
    /// <param name="instruction">Where it has an instruction that makes a system call (<see cref="VdsoCall"/>).</param>
    /// <exception cref="SyscallException">It cannot be stopped or traced, or makes no such descriptor, and goes on. EINVAL: an older kernel.</exception>
    public static WriteTracking Begin(ProcessHandle process, ulong instruction)
    {
        ArgumentNullException.ThrowIfNull(process);
        var descriptor = Take(process, instruction);
        try
        {
            var api = new uffdio_api { api = Userfaultfd.UFFD_API, features = Features };
            Call(descriptor, Userfaultfd.UFFDIO_API, &api, "ioctl UFFDIO_API", $"pid {process.Pid}");
            return new WriteTracking(descriptor);
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Tracks a mapping from now on: all of its pages count as written at first.</summary>
    /// <returns>False where the kernel cannot.</returns>
    public bool TryCover(PageRange mapping)
    {
        var register = new uffdio_register { start = mapping.Start, len = (ulong)mapping.Length, mode = Userfaultfd.UFFDIO_REGISTER_MODE_WP };
        return Libc.Ioctl(_descriptor, Userfaultfd.UFFDIO_REGISTER, (int*)&register) != -1;
    }

    /// <inheritdoc />
    public void Dispose() => _descriptor.Dispose();

    // By any of its threads: they have the same memory, and the same descriptors.
    private static FileDescriptor Take(ProcessHandle process, ulong instruction)
    {
        var threads = ProcessThreads.Read(process.Pid);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return TracedTask.Run(threads[attempt % threads.Count], Ptrace.PTRACE_O_TRACESYSGOOD | Ptrace.PTRACE_O_SUSPEND_SECCOMP,
                    task => InjectedCalls.Run(task, instruction, calls => Take(process, calls)));
            }
            catch (SyscallException e) when (e.Errno is Errno.EAGAIN or Errno.ESRCH && attempt < Attempts)
            {
                // A thread that waits for nothing, or has ended.
                Thread.Sleep(attempt < threads.Count ? 0 : 1);
            }
        }
    }

    private static FileDescriptor Take(ProcessHandle process, InjectedCalls calls)
    {
        var number = Result(calls.Call(SystemCallNumbers.__NR_userfaultfd, Fcntl.O_CLOEXEC | Userfaultfd.UFFD_USER_MODE_ONLY), "userfaultfd", process);
        try
        {
            return process.DuplicateDescriptor(number);
        }
        finally
        {
            _ = Result(calls.Call(SystemCallNumbers.__NR_close, (ulong)number), "close", process);
        }
    }

    private static int Result(long value, string call, ProcessHandle process) =>
        value >= 0 ? (int)value : throw new SyscallException(call, $"by pid {process.Pid}", (Errno)(-value));

    private static void Call(FileDescriptor descriptor, uint request, void* argument, string name, string subject) =>
        SyscallException.ThrowIfFailed(Libc.Ioctl(descriptor, request, (int*)argument), name, subject);
}
