namespace LxcNative.Native.Criu.Images;

/// <summary>A mapping of an address space (vma_entry of images/vma.proto, field 14 of mm-PID.img's message).</summary>
/// <param name="Start">Its first address.</param>
/// <param name="End">The first address after it.</param>
/// <param name="File">What is mapped: the number of a file where the status says so.</param>
/// <param name="Protection">PROT_* bits.</param>
/// <param name="Status">What kind it is of (VMA_* of criu/include/image.h).</param>
internal readonly record struct MemoryArea(ulong Start, ulong End, ulong File, uint Protection, uint Status)
{
    /// <summary>The field that it is in.</summary>
    public const int Field = 14;

    internal static MemoryArea Parse(ProtobufReader reader)
    {
        var area = new MemoryArea();
        while (reader.Next())
        {
            area = reader.Field switch
            {
                1 => area with { Start = reader.AsUInt64() },
                2 => area with { End = reader.AsUInt64() },
                4 => area with { File = reader.AsUInt64() },
                5 => area with { Protection = reader.AsUInt32() },
                7 => area with { Status = reader.AsUInt32() },
                _ => area,
            };
        }

        return area;
    }
}
