using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Procfs;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Processes;

/// <summary>What a process can tell and change of itself.</summary>
public static unsafe class CurrentProcess
{
    /// <summary>The pid, in the process's own pid namespace (getpid(2)).</summary>
    public static int Id => LibC.getpid();

    /// <summary>The calling thread's id, in the process's own pid namespace (gettid(2)).</summary>
    public static int ThreadId => Libc.GetTid();

    /// <summary>The parent's pid; 0 when it is outside the pid namespace (getppid(2)).</summary>
    public static int ParentId => LibC.getppid();

    /// <summary>The effective user id (geteuid(2)).</summary>
    public static uint EffectiveUserId => (uint)LibC.geteuid();

    /// <summary>The effective group id (getegid(2)).</summary>
    public static uint EffectiveGroupId => (uint)LibC.getegid();

    /// <summary>The calling thread's effective capabilities, bit n for capability n of capability(7).</summary>
    /// <exception cref="SyscallException">/proc cannot be read.</exception>
    public static ulong EffectiveCapabilities => ProcStatus.Parse(KernelFile.ReadText("/proc/thread-self/status")).CapEff;

    /// <summary>Whether orphaned descendants become this process's children (prctl(2) PR_SET_CHILD_SUBREAPER).</summary>
    /// <exception cref="SyscallException">prctl(2) failed.</exception>
    public static void SetChildSubreaper(bool enabled) =>
        SyscallException.ThrowIfFailed(Libc.Prctl(Prctl.PR_SET_CHILD_SUBREAPER, enabled ? 1u : 0u, 0, 0, 0), "prctl", "PR_SET_CHILD_SUBREAPER");

    /// <summary>Whether orphaned descendants become this process's children.</summary>
    /// <exception cref="SyscallException">prctl(2) failed.</exception>
    public static bool IsChildSubreaper()
    {
        int value;
        SyscallException.ThrowIfFailed(Libc.Prctl(Prctl.PR_GET_CHILD_SUBREAPER, (nuint)(&value), 0, 0, 0), "prctl", "PR_GET_CHILD_SUBREAPER");
        return value != 0;
    }

    /// <summary>Names the calling thread; the main thread's name is the process's (comm).</summary>
    /// <param name="name">Cut after 15 bytes by the kernel.</param>
    /// <exception cref="SyscallException">prctl(2) failed.</exception>
    public static void SetName(string name)
    {
        fixed (byte* bytes = CString.From(name))
            SyscallException.ThrowIfFailed(Libc.Prctl(Prctl.PR_SET_NAME, (nuint)bytes, 0, 0, 0), "prctl", "PR_SET_NAME");
    }

    /// <summary>What the process gets when the thread that started it ends: the thread, not its process.</summary>
    /// <param name="signal">The signal; None for nothing.</param>
    /// <exception cref="SyscallException">prctl(2) failed.</exception>
    public static void SetParentDeathSignal(Signal signal) =>
        SyscallException.ThrowIfFailed(Libc.Prctl(Prctl.PR_SET_PDEATHSIG, (nuint)(int)signal, 0, 0, 0), "prctl", $"PR_SET_PDEATHSIG {signal}");

    /// <summary>Leads a new session, without a controlling terminal (setsid(2)).</summary>
    /// <returns>The session's id: the pid.</returns>
    /// <exception cref="SyscallException">EPERM: the process leads a process group already.</exception>
    public static int StartSession() => SyscallException.ThrowIfFailed(LibC.setsid(), "setsid", "");

    /// <summary>Puts /dev/null in the place of standard input, output and error, so that no pipe or terminal is held.</summary>
    /// <exception cref="SyscallException">/dev/null cannot be opened.</exception>
    public static void DetachStandardStreams()
    {
        using var none = FileOpen.Open("/dev/null", OpenFlags.ReadWrite);
        using var lease = new DescriptorLease(none);
        for (var number = 0; number < 3; number++)
            SyscallException.ThrowIfFailed(LibC.dup2(lease.Number, number), "dup2", $"/dev/null to {number}");
    }

    /// <summary>Sets which permission bits new files of the whole process do not get (umask(2)).</summary>
    /// <returns>The mask before.</returns>
    public static uint SetUmask(uint mask) => (uint)LibC.umask((ushort)mask);
}
