using System.Buffers.Binary;
using LxcNative.Native.Errors;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Interop;

/// <summary>bpf(2), which the C library does not wrap.</summary>
internal static unsafe class BpfCall
{
    /// <summary>Calls it.</summary>
    /// <returns>Its result; -1 with the errno left.</returns>
    public static int Invoke(int command, Span<byte> attributes)
    {
        fixed (byte* start = attributes)
            return (int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_bpf, command, start, attributes.Length);
    }

    /// <summary>Calls it.</summary>
    /// <exception cref="SyscallException">It failed.</exception>
    public static int Run(int command, Span<byte> attributes, string operation, string target) =>
        SyscallException.ThrowIfFailed(Invoke(command, attributes), $"bpf {operation}", target);

    /// <summary>Puts a number into the arguments.</summary>
    public static void Put(Span<byte> attributes, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(attributes[offset..], value);

    /// <summary>Puts an address into the arguments.</summary>
    public static void Put(Span<byte> attributes, int offset, void* value) => BinaryPrimitives.WriteUInt64LittleEndian(attributes[offset..], (ulong)value);

    /// <summary>A number that the kernel has put there.</summary>
    public static uint Get(ReadOnlySpan<byte> attributes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(attributes[offset..]);
}
