using System.Runtime.InteropServices;

namespace LxcNative.Orchestrator.TmpfsState.Interop;

/// <summary>struct open_how (linux/openat2.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenHow
{
    public ulong Flags;
    public ulong Mode;
    public ulong Resolve;
}
