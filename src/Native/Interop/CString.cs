using System.Text;

namespace LxcNative.Native.Interop;

/// <summary>Text as the kernel takes it: UTF-8 bytes closed by a NUL.</summary>
internal static class CString
{
    /// <summary>The bytes of <paramref name="text"/> with their terminator.</summary>
    /// <exception cref="ArgumentException">The text holds a NUL: the kernel would silently see only the part before it.</exception>
    public static byte[] From(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0'))
            throw new ArgumentException("A NUL character cannot be passed to the kernel.", nameof(text));
        var bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
