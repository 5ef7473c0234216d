using LxcNative.Native.Errors;
using LxcNative.Native.Interop;

namespace LxcNative.Native.Files;

/// <summary>The owner of a file (lchown(2)).</summary>
internal static unsafe class FileOwner
{
    /// <summary>Sets it; of a symbolic link, the link's own.</summary>
    /// <exception cref="SyscallException">lchown(2) failed.</exception>
    public static void Set(string path, uint user, uint group)
    {
        fixed (byte* bytes = CString.From(path))
            SyscallException.ThrowIfFailed(Libc.ChangeLinkOwner(bytes, user, group), "lchown", $"\"{path}\"");
    }
}
