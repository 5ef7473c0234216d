using System.Runtime.InteropServices;
using LxcNative.Native.Handles;
using Tmds.Linux;

namespace LxcNative.Native.Interop;

internal static partial class Libc
{
    /// <summary>wait4(2); EINTR is the caller's.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "wait4", SetLastError = true)]
    internal static unsafe partial int Wait4(int pid, int* status, int options, void* usage);

    /// <summary>ppoll(2): Tmds.LibC's keeps no errno.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "ppoll", SetLastError = true)]
    internal static unsafe partial int Ppoll(pollfd* descriptors, ulong count, timespec* timeout, void* signalMask);

    /// <summary>prctl(2); variadic in C, which on x86-64 and arm64 Linux passes integers alike.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "prctl", SetLastError = true)]
    internal static unsafe partial int Prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    /// <summary>clone(2), the C library's: the child runs a function on a stack of its own, which grows down from where it is told.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "clone", SetLastError = true)]
    internal static partial int Clone(nint function, nint stackTop, int flags, nint argument);

    /// <summary>kill(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    /// <summary>pthread_sigmask(3): the calling thread's; the result is the error.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "pthread_sigmask", SetLastError = true)]
    internal static unsafe partial int SignalMask(int how, void* set, void* former);

    /// <summary>ptrace(2); variadic in C.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "ptrace", SetLastError = true)]
    internal static unsafe partial nint Ptrace(int request, int pid, nuint address, void* data);

    /// <summary>gettid(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "gettid", SetLastError = true)]
    internal static partial int GetTid();

    /// <summary>clock_gettime(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "clock_gettime", SetLastError = true)]
    internal static unsafe partial int ClockGetTime(int clock, timespec* time);

    /// <summary>flock(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "flock", SetLastError = true)]
    internal static partial int Flock(FileDescriptor descriptor, int operation);
}
