using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LxcNative.Native.Xtables.Uapi;

namespace LxcNative.Native.Xtables;

/// <summary>The rule that drops every packet without a given mark, as bytes: iptables' <c>-m mark ! --mark 0xc114 -j DROP</c>.</summary>
/// <remarks><code>
/// | ipt_entry (112) or ip6t_entry (168), matches everything | match "mark" rev 1 (32) | mark, mask, invert (12 + 4) | target "" (32) | verdict + 4 |
/// </code></remarks>
internal static class MarkRule
{
    private const int MatchSize = EntryLayout.ExtensionHeaderSize + 16;

    // -NF_DROP - 1: the kernel stores a verdict as its complement.
    private const int DropVerdict = -1;

    public static byte[] DropUnless(XtablesFamily family, uint mark)
    {
        var layout = EntryLayout.Of(family);
        var targetOffset = layout.HeaderSize + MatchSize;
        var rule = new byte[targetOffset + EntryLayout.StandardTargetSize];
        Span<byte> bytes = rule;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[layout.TargetOffset..], (ushort)targetOffset);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[layout.NextOffset..], (ushort)rule.Length);

        var match = bytes[layout.HeaderSize..];
        BinaryPrimitives.WriteUInt16LittleEndian(match, MatchSize);
        "mark"u8.CopyTo(match[EntryLayout.ExtensionName..]);
        match[EntryLayout.ExtensionRevision] = 1;
        MemoryMarshal.Write(match[EntryLayout.ExtensionHeaderSize..], new xt_mark_mtinfo1 { mark = mark, mask = uint.MaxValue, invert = 1 });

        var target = bytes[targetOffset..];
        BinaryPrimitives.WriteUInt16LittleEndian(target, EntryLayout.StandardTargetSize);
        BinaryPrimitives.WriteInt32LittleEndian(target[EntryLayout.StandardVerdict..], DropVerdict);
        return rule;
    }
}
