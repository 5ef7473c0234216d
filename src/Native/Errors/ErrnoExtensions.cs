using System.Runtime.InteropServices;

namespace LxcNative.Native.Errors;

/// <summary>What can be said of an <see cref="Errno"/>.</summary>
public static class ErrnoExtensions
{
    extension(Errno errno)
    {
        /// <summary>The errno that the last import marked <c>SetLastError</c> left on this thread.</summary>
        public static Errno Last => (Errno)Marshal.GetLastPInvokeError();

        /// <summary>Whether the same call may succeed when it is simply made again (EINTR, EAGAIN, EBUSY, ENOBUFS).</summary>
        public bool IsTransient => errno is Errno.EINTR or Errno.EAGAIN or Errno.EBUSY or Errno.ENOBUFS;

        /// <summary>The kernel's name, or <c>errno N</c> where this library has none, followed by the C library's text.</summary>
        public string Describe() =>
            (Enum.IsDefined(errno) ? errno.ToString() : $"errno {(int)errno}") + " " + Marshal.GetPInvokeErrorMessage((int)errno);
    }
}
