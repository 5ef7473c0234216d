using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Interop;

/// <summary>sched_setaffinity(2), ioprio_get(2) and ioprio_set(2) of a thread: the kernel's own, which the C library wraps in part.</summary>
internal static unsafe class SchedulingCalls
{
    public static int SetAffinity(int thread, int bytes, byte* mask) =>
        (int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_sched_setaffinity, thread, bytes, mask);

    public static int GetIoPriority(int thread) => (int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_ioprio_get, Ioprio.IOPRIO_WHO_PROCESS, thread);

    public static int SetIoPriority(int thread, int priority) =>
        (int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_ioprio_set, Ioprio.IOPRIO_WHO_PROCESS, thread, priority);
}
