using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
using Tmds.Linux;

namespace LxcNative.Native.Files;

/// <summary>link(2): a second name of a file, which replaces nothing.</summary>
internal static unsafe class HardLink
{
    /// <summary>Makes one.</summary>
    /// <param name="existing">The file.</param>
    /// <param name="path">Its second name.</param>
    /// <returns>False where there is something of that name already: of any number of callers at once one gets it.</returns>
    /// <exception cref="SyscallException">link(2) failed otherwise.</exception>
    public static bool TryMake(string existing, string path)
    {
        int result;
        fixed (byte* file = CString.From(existing), name = CString.From(path))
            result = LibC.link(file, name);
        if (result != -1)
            return true;
        if (Errno.Last == Errno.EEXIST)
            return false;
        SyscallException.ThrowLast("link", $"\"{path}\" to \"{existing}\"");
        return false;
    }
}
