using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;

namespace LxcNative.Native.Files.Raw;

/// <summary>Names and paths made of bytes, as Linux has them: they need not be text.</summary>
internal static class RawPath
{
    /// <summary>The bytes with a NUL at their end.</summary>
    /// <exception cref="SyscallException">EINVAL: there is a NUL among them, and the kernel would see only what is before it.</exception>
    public static byte[] Terminated(ReadOnlySpan<byte> path) =>
        path.Contains((byte)0) ? throw new SyscallException("open", Quoted(path), Errno.EINVAL, "a name with a NUL in it") : [.. path, 0];

    /// <summary>The path of a name in a directory; the name itself where that is the one that paths are below.</summary>
    public static byte[] Join(byte[] directory, byte[] name) => directory.Length == 0 ? name : [.. directory, (byte)'/', .. name];

    /// <summary>The path of a name in an open directory, for calls that take no descriptor; of the directory itself when the name is empty.</summary>
    public static byte[] Through(FileDescriptor directory, ReadOnlySpan<byte> name) =>
        [.. Encoding.ASCII.GetBytes($"/proc/self/fd/{directory.Number}/"), .. Terminated(name.IsEmpty ? "."u8 : name)];

    /// <summary>The result of a call, unless it failed.</summary>
    /// <exception cref="SyscallException">It did.</exception>
    public static long Check(long result, string operation, ReadOnlySpan<byte> path) => result >= 0 ? result : throw Failure(operation, path);

    /// <summary>The exception for the call that just failed.</summary>
    public static SyscallException Failure(string operation, ReadOnlySpan<byte> path) => new(operation, Quoted(path), Errno.Last);

    private static string Quoted(ReadOnlySpan<byte> path) => $"\"{Encoding.UTF8.GetString(path)}\"";
}
