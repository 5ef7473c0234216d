using System.Runtime.InteropServices;

namespace LxcNative.Orchestrator.TmpfsState.Interop;

/// <summary>struct timespec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FileTime
{
    public long Seconds;
    public long Nanoseconds;
}
