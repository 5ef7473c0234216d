using System.Runtime.InteropServices;

namespace LxcNative.Native.Uapi;

/// <summary>The size of a terminal (asm-generic/termios.h).</summary>
[StructLayout(LayoutKind.Sequential)]
#pragma warning disable CS8981 // The kernel's own name.
internal struct winsize
#pragma warning restore CS8981
{
    public ushort ws_row, ws_col, ws_xpixel, ws_ypixel;
}
