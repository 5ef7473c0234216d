using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Preflight.Interop;

/// <summary>Asks whether a cgroup has a program for devices (bpf(2), BPF_PROG_QUERY with BPF_CGROUP_DEVICE).</summary>
internal static unsafe partial class DeviceProgram
{
    private const int ProgramQuery = 16;
    private const uint CgroupDevice = 6;

    private static readonly nint BpfNumber = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 280 : 321;

    /// <summary>Whether it has; false too where it cannot be asked.</summary>
    public static bool IsAttachedTo(string cgroup)
    {
        try
        {
            using var directory = FileOpen.Open(cgroup, OpenFlags.ReadOnly | OpenFlags.Directory);
            var query = new Query { Target = (uint)directory.Number, AttachType = CgroupDevice };
            var result = SystemCall(BpfNumber, ProgramQuery, (nint)(&query), sizeof(Query));
            // ENOSPC: there are some, and no room was given to name them.
            return result == 0 ? query.Count > 0 : Errno.Last == Errno.ENOSPC;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENODEV)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint command, nint attributes, nint size);

    // union bpf_attr of linux/bpf.h, its "query" member.
    [StructLayout(LayoutKind.Sequential)]
    private struct Query
    {
        public uint Target;
        public uint AttachType;
        public uint QueryFlags;
        public uint AttachFlags;
        public ulong Programs;
        public uint Count;
        public uint Padding;
        public ulong ProgramAttachFlags;
        public ulong Links;
        public ulong LinkAttachFlags;
        public ulong Revision;
    }
}
