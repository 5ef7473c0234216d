using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;

namespace LxcNative.Native.Xtables;

/// <summary>A legacy table as one read found it: the entries as the kernel's bytes, and where each chain begins and ends.</summary>
/// <remarks>Not a live view. What a match or a target keeps to itself in the kernel (the credit of <c>limit</c>, the rest of
/// <c>quota</c>) is not in these bytes: the kernel shows it to nobody, and replacing a table sets it back, as iptables does.</remarks>
internal sealed class XtablesTable
{
    // -NF_ACCEPT - 1: the kernel stores a verdict as its complement.
    private const int AcceptVerdict = -2;

    private readonly byte[] _entries;
    private readonly int[] _offsets;

    /// <summary>Checks <paramref name="entries"/> and takes them over.</summary>
    /// <exception cref="MalformedTableException">The entries do not fill the bytes one after the other, or a hook points between them.</exception>
    internal XtablesTable(XtablesFamily family, string name, uint validHooks, ReadOnlySpan<uint> hookEntries, ReadOnlySpan<uint> underflows, byte[] entries)
    {
        Family = family;
        Name = name;
        ValidHooks = validHooks;
        HookEntries = [.. hookEntries];
        Underflows = [.. underflows];
        _entries = entries;
        _offsets = Walk();
        for (var hook = 0; hook < HookEntries.Length; hook++)
        {
            if (!HasHook(hook))
                continue;
            CheckHook(HookEntries[hook], hook, "begins");
            CheckHook(Underflows[hook], hook, "ends");
        }
    }

    /// <summary>The family of the table.</summary>
    public XtablesFamily Family { get; }

    /// <summary>The table's name: filter, raw, mangle, nat, security.</summary>
    public string Name { get; }

    /// <summary>A bit for every netfilter hook (NF_INET_PRE_ROUTING is bit 0) at which the table has a chain.</summary>
    public uint ValidHooks { get; }

    /// <summary>The offset of the first entry of the chain at each hook, in bytes; meaningful where <see cref="HasHook"/>.</summary>
    public ImmutableArray<uint> HookEntries { get; }

    /// <summary>The offset of the policy entry of the chain at each hook, in bytes; meaningful where <see cref="HasHook"/>.</summary>
    public ImmutableArray<uint> Underflows { get; }

    /// <summary>The entries, as the kernel has them.</summary>
    public ReadOnlySpan<byte> Entries => _entries;

    /// <summary>How many entries there are, policies and the heads of user chains included.</summary>
    public int EntryCount => _offsets.Length;

    /// <summary>Whether the table is as the kernel makes it: a policy of ACCEPT for each chain, and the entry that ends the table.</summary>
    public bool IsUntouched => EntryCount == BitOperations.PopCount(ValidHooks) + 1
        && Enumerable.Range(0, Underflows.Length).Where(HasHook).All(hook => Verdict((int)Underflows[hook]) == AcceptVerdict);

    internal EntryLayout Layout => EntryLayout.Of(Family);

    internal ReadOnlySpan<int> EntryOffsets => _offsets;

    /// <summary>Whether the table has a chain at <paramref name="hook"/>.</summary>
    public bool HasHook(int hook) => (ValidHooks & (1u << hook)) != 0;

    internal ReadOnlySpan<byte> EntryAt(int offset) =>
        _entries.AsSpan(offset, BinaryPrimitives.ReadUInt16LittleEndian(_entries.AsSpan(offset + Layout.NextOffset)));

    // Of an entry without matches, as a policy is: its target follows the header.
    private int Verdict(int entry) => BinaryPrimitives.ReadInt32LittleEndian(_entries.AsSpan(entry + Layout.HeaderSize + EntryLayout.StandardVerdict));

    internal bool IsEntry(uint offset) => offset <= int.MaxValue && Array.BinarySearch(_offsets, (int)offset) >= 0;

    private int[] Walk()
    {
        var offsets = new List<int>();
        var layout = Layout;
        var offset = 0;
        while (offset < _entries.Length)
        {
            if (_entries.Length - offset < layout.HeaderSize)
                throw new MalformedTableException(Name, offset, "the header is cut short");
            ReadOnlySpan<byte> entry = _entries.AsSpan(offset);
            int target = BinaryPrimitives.ReadUInt16LittleEndian(entry[layout.TargetOffset..]);
            int next = BinaryPrimitives.ReadUInt16LittleEndian(entry[layout.NextOffset..]);
            if (target < layout.HeaderSize || next < target + EntryLayout.ExtensionHeaderSize || next > entry.Length || next % 8 != 0)
                throw new MalformedTableException(Name, offset, $"target at {target} and next entry at {next} do not fit in {entry.Length} bytes");
            int targetSize = BinaryPrimitives.ReadUInt16LittleEndian(entry[target..]);
            if (targetSize < EntryLayout.ExtensionHeaderSize || target + targetSize > next)
                throw new MalformedTableException(Name, offset, $"a target of {targetSize} bytes does not fit");
            offsets.Add(offset);
            offset += next;
        }

        return [.. offsets];
    }

    private void CheckHook(uint offset, int hook, string what)
    {
        if (!IsEntry(offset))
            throw new MalformedTableException(Name, (int)Math.Min(offset, int.MaxValue), $"the chain at hook {hook} {what} between two entries");
    }
}
