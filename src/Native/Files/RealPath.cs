using System.Runtime.InteropServices;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Interop;

namespace LxcNative.Native.Files;

/// <summary>realpath(3).</summary>
internal static unsafe class RealPath
{
    /// <summary>The absolute path without "." , ".." and symbolic links. Every component must exist.</summary>
    /// <exception cref="SyscallException">realpath(3) failed: ENOENT, ELOOP, EACCES.</exception>
    public static string Resolve(string path)
    {
        fixed (byte* bytes = CString.From(path))
        {
            var resolved = Libc.RealPath(bytes, null);
            if (resolved is null)
                SyscallException.ThrowLast("realpath", $"\"{path}\"");
            try
            {
                return Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(resolved));
            }
            finally
            {
                Libc.Free(resolved);
            }
        }
    }
}
