using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Namespaces;

/// <summary>A user namespace with nobody in it, for what takes its owners from one (mount_setattr(2)).</summary>
internal static unsafe class UserNamespace
{
    private const int StackSize = 16 << 10, StackAlignment = 16, LongestSeconds = 10;

    // sizeof(sigset_t) of the C library.
    private const int SignalSetSize = 128;

    /// <summary>Makes one.</summary>
    /// <param name="users">Its users; the caller has to be root of the namespace that they are of.</param>
    /// <param name="groups">Its groups.</param>
    /// <returns>The namespace; the caller's to dispose, which ends it.</returns>
    /// <exception cref="SyscallException">The kernel refused it: ENOSPC for too many of them (/proc/sys/user/max_user_namespaces), EINVAL for a map that it
    /// does not take.</exception>
    public static FileDescriptor Make(IReadOnlyList<IdRange> users, IReadOnlyList<IdRange> groups)
    {
        var child = StartWaiting();
        try
        {
            KernelFile.WriteText($"/proc/{child}/uid_map", IdMap.Format(users));
            KernelFile.WriteText($"/proc/{child}/gid_map", IdMap.Format(groups));
            return Namespace.Open(child, NamespaceKind.User);
        }
        finally
        {
            // Not reaped yet, its number is nobody else's.
            _ = Libc.Kill(child, (int)Signal.Kill);
            ChildProcess.Wait(child);
        }
    }

    // A process with threads cannot enter a user namespace, and one that is forked from it may run nothing of the runtime's: the child has a stack of its own
    // and runs the C library's sleep(3) alone, with every signal blocked, until it is killed; or ends by itself, if this process is killed before, since it has
    // copies of all descriptors.
    private static int StartWaiting()
    {
        var sleep = NativeLibrary.GetExport(NativeLibrary.Load(Libraries.Libc, typeof(UserNamespace).Assembly, null), "sleep");
        var stack = (nint)NativeMemory.AlignedAlloc(StackSize, StackAlignment);
        byte* all = stackalloc byte[SignalSetSize], former = stackalloc byte[SignalSetSize];
        new Span<byte>(all, SignalSetSize).Fill(0xff);
        Libc.SignalMask(Signals.SIG_SETMASK, all, former);
        try
        {
            return SyscallException.ThrowIfFailed(
                Libc.Clone(sleep, stack + StackSize, Sched.CLONE_NEWUSER | (int)Signal.Child, LongestSeconds), "clone", "CLONE_NEWUSER");
        }
        finally
        {
            Libc.SignalMask(Signals.SIG_SETMASK, former, null);
            // The child's is a copy.
            NativeMemory.AlignedFree((void*)stack);
        }
    }
}
