using LxcNative.Native.Errors;
using LxcNative.Native.Handles;

namespace LxcNative.Native.Memory;

/// <summary>Where a process has an instruction that makes a system call: its vDSO has some, for what it cannot answer by itself.</summary>
internal static class VdsoCall
{
    private const string Name = "[vdso]";
    private const int Longest = 64 * 1024;

    // syscall, of x86-64.
    private static ReadOnlySpan<byte> Instruction => [0x0f, 0x05];

    /// <summary>Finds one.</summary>
    /// <param name="memory">/proc/PID/mem, open for reading.</param>
    /// <param name="mappings">Its address space.</param>
    /// <returns>Its address; null where there is none.</returns>
    /// <exception cref="SyscallException">Its memory cannot be read.</exception>
    public static ulong? Find(FileDescriptor memory, IEnumerable<MemoryMapping> mappings)
    {
        foreach (var vdso in mappings.Where(mapping => mapping.Name == Name && mapping.Range.Length <= Longest))
        {
            var code = new byte[vdso.Range.Length];
            var read = ForeignMemory.Read(memory, vdso.Range.Start, code);
            if (code.AsSpan(0, read).IndexOf(Instruction) is >= 0 and var at)
                return vdso.Range.Start + (ulong)at;
        }

        return null;
    }
}
