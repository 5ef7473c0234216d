using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;

namespace LxcNative.Native.Files;

/// <summary>Extended attributes (xattr(7)); of a symbolic link its own. Names and values are bytes.</summary>
internal static unsafe class ExtendedAttributes
{
    /// <summary>The longest value and the longest list of names that the kernel has (XATTR_SIZE_MAX, XATTR_LIST_MAX).</summary>
    public const int Longest = 65536;

    /// <summary>All of a file that the caller may see; none where the file system has none.</summary>
    /// <param name="directory">Stays the caller's.</param>
    /// <param name="name">Empty for the directory itself.</param>
    /// <param name="buffer">Room for work, of <see cref="Longest"/> bytes.</param>
    /// <exception cref="SyscallException">llistxattr(2) or lgetxattr(2) failed.</exception>
    public static List<(byte[] Name, byte[] Value)> List(FileDescriptor directory, ReadOnlySpan<byte> name, byte[] buffer)
    {
        var attributes = new List<(byte[], byte[])>();
        fixed (byte* path = RawPath.Through(directory, name))
        {
            nint length;
            fixed (byte* list = buffer)
                length = Libc.ListAttributesOfLink(path, list, (nuint)buffer.Length);
            if (length < 0 && Errno.Last == Errno.EOPNOTSUPP)
                return attributes;
            RawPath.Check(length, "llistxattr", name);
            var names = buffer.AsSpan(0, (int)length).ToArray();
            for (var rest = names.AsSpan(); !rest.IsEmpty;)
            {
                var end = rest.IndexOf((byte)0);
                nint size;
                fixed (byte* attribute = rest, value = buffer)
                    size = Libc.GetAttributeOfLink(path, attribute, value, (nuint)buffer.Length);
                RawPath.Check(size, "lgetxattr", name);
                attributes.Add((rest[..end].ToArray(), buffer.AsSpan(0, (int)size).ToArray()));
                rest = rest[(end + 1)..];
            }
        }

        return attributes;
    }

    /// <summary>Sets one.</summary>
    /// <param name="directory">Stays the caller's.</param>
    /// <param name="name">The file's name in it.</param>
    /// <param name="attribute">The attribute's name with its prefix.</param>
    /// <param name="value">Its value.</param>
    /// <param name="shown">What an exception calls the file.</param>
    /// <exception cref="SyscallException">lsetxattr(2) failed.</exception>
    public static void Set(FileDescriptor directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> attribute, ReadOnlySpan<byte> value, ReadOnlySpan<byte> shown)
    {
        fixed (byte* path = RawPath.Through(directory, name), attributeBytes = RawPath.Terminated(attribute), valueBytes = value)
            RawPath.Check(Libc.SetAttributeOfLink(path, attributeBytes, valueBytes, (nuint)value.Length, 0), "lsetxattr", shown);
    }

    /// <summary>A short one as text, links followed; null when it is not there or may not be read.</summary>
    public static string? TryReadText(string path, string attribute)
    {
        const int Most = 256;
        var value = stackalloc byte[Most];
        nint length;
        fixed (byte* bytes = CString.From(path), name = CString.From(attribute))
            length = Libc.GetAttribute(bytes, name, value, Most);
        return length > 0 ? Encoding.UTF8.GetString(value, (int)length).TrimEnd('\0') : null;
    }
}
