using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
using LxcNative.Native.Procfs;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Processes;

/// <summary>What the calling thread alone, and whatever it starts, may do. The C library would change all threads, so its functions are not used.</summary>
internal static unsafe class ThreadPrivileges
{
    private const int Capabilities = 64;

    /// <summary>Takes away what a program that is started could have beyond a bounding set (capabilities(7)), and what it could inherit.</summary>
    /// <exception cref="SyscallException">EPERM: the thread has no CAP_SETPCAP.</exception>
    public static void Bound(ulong capabilities)
    {
        for (var one = 0; one < Capabilities; one++)
        {
            // EINVAL: beyond the last that this kernel has.
            if ((capabilities & (1UL << one)) == 0 && Libc.Prctl(Prctl.PR_CAPBSET_DROP, (nuint)one, 0, 0, 0) == -1 && Errno.Last != Errno.EINVAL)
                SyscallException.ThrowLast("prctl PR_CAPBSET_DROP", $"{one}");
        }

        var own = ProcStatus.ReadThread(CurrentProcess.Id, CurrentProcess.ThreadId);
        var header = stackalloc uint[] { Capability._LINUX_CAPABILITY_VERSION_3, 0 };
        var sets = stackalloc uint[] { (uint)own.CapEff, (uint)own.CapPrm, 0, (uint)(own.CapEff >> 32), (uint)(own.CapPrm >> 32), 0 };
        SyscallException.ThrowIfFailed((int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_capset, header, sets), "capset", "no inheritable capability");
    }

    /// <summary>No program that is started gains anything by being set-user-id or having file capabilities.</summary>
    /// <exception cref="SyscallException">prctl(2) failed.</exception>
    public static void SetNoNewPrivileges() => SyscallException.ThrowIfFailed(Libc.Prctl(Prctl.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl PR_SET_NO_NEW_PRIVS",
        "1");

    /// <summary>Becomes a user of a group, and of no further groups.</summary>
    /// <exception cref="SyscallException">EPERM; EINVAL: the user namespace has no such id.</exception>
    public static void Become(uint user, uint group)
    {
        SyscallException.ThrowIfFailed((int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_setgroups, 0, 0), "setgroups", "none");
        SyscallException.ThrowIfFailed((int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_setresgid, group, group, group), "setresgid", $"{group}");
        SyscallException.ThrowIfFailed((int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_setresuid, user, user, user), "setresuid", $"{user}");
    }
}
