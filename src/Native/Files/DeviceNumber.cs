namespace LxcNative.Native.Files;

/// <summary>A device's number.</summary>
/// <param name="Major">The driver.</param>
/// <param name="Minor">Which of the driver's devices.</param>
public readonly record struct DeviceNumber(uint Major, uint Minor)
{
    /// <summary>As dev_t of the C library: makedev(3).</summary>
    public ulong Value =>
        ((ulong)(Major & 0xfffff000) << 32) | ((Major & 0xfff) << 8) | ((ulong)(Minor & 0xffffff00) << 12) | (Minor & 0xff);

    /// <summary>Takes a dev_t of the C library apart.</summary>
    public static DeviceNumber FromValue(ulong value) =>
        new((uint)((value >> 32) & 0xfffff000) | (uint)((value >> 8) & 0xfff), (uint)((value >> 12) & 0xffffff00) | (uint)(value & 0xff));

    /// <summary><c>major:minor</c>, as in mountinfo.</summary>
    public override string ToString() => $"{Major}:{Minor}";
}
