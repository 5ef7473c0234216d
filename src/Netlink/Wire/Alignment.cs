namespace LxcNative.Netlink.Wire;

/// <summary>Messages and attributes begin at multiples of four bytes (NLMSG_ALIGN, NLA_ALIGN).</summary>
internal static class Alignment
{
    /// <summary><paramref name="length"/> rounded up to a multiple of four.</summary>
    public static int Align(int length) => checked(length + 3) & ~3;

    /// <summary>The aligned length, but never beyond <paramref name="available"/>: the last attribute of a message may lack its padding.</summary>
    public static int AlignWithin(int length, int available) => Math.Min(Align(length), available);
}
