using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Interop;

/// <summary>kcmp(2), which the C library does not wrap.</summary>
internal static unsafe class KcmpCall
{
    /// <summary>Calls it.</summary>
    /// <returns>0 equal, 1 less, 2 greater, 3 not equal without an order, -1 with the errno left.</returns>
    public static int Invoke(int one, int other, int kind, ulong first = 0, ulong second = 0) =>
        (int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_kcmp, one, other, kind, (void*)first, (void*)second);
}
