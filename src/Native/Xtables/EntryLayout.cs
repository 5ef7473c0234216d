namespace LxcNative.Native.Xtables;

/// <summary>Where the fields of struct ipt_entry (112 bytes) and struct ip6t_entry (168 bytes) are on x86-64.</summary>
/// <remarks><code>
/// | ip or ipv6 | nfcache | target_offset u16 | next_offset u16 | comefrom u32 | counters 2*u64 | matches | target |
/// </code>A match and a target begin alike: size u16, name 29 bytes, revision u8; a standard target ends with its verdict (int).</remarks>
internal readonly record struct EntryLayout(int HeaderSize, int TargetOffset, int NextOffset, int ComeFrom, int Counters)
{
    public const int ExtensionHeaderSize = 32;
    public const int ExtensionName = 2;
    public const int ExtensionRevision = 31;
    public const int StandardTargetSize = 40;
    public const int StandardVerdict = 32;
    public const int CountersSize = 16;

    public static EntryLayout Of(XtablesFamily family) =>
        family == XtablesFamily.IPv4 ? new(112, 88, 90, 92, 96) : new(168, 140, 142, 144, 152);
}
