using System.Buffers.Binary;
using CsCheck;
using LxcNative.Native.Xtables;

namespace LxcNative.Native.Tests.Xtables;

public sealed class XtablesTableTests
{
    private static readonly uint[] Zeros = new uint[5];

    [Fact]
    public void AnEntryThatReachesBeyondTheBytesIsRefused()
    {
        var rule = MarkRule.DropUnless(XtablesFamily.IPv4, 0xC114);
        BinaryPrimitives.WriteUInt16LittleEndian(rule.AsSpan(90), (ushort)(rule.Length + 8));
        var failure = Assert.Throws<MalformedTableException>(() => Table(rule, 0));
        Assert.Contains("do not fit", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AHookBetweenTwoEntriesIsRefused()
    {
        var rule = MarkRule.DropUnless(XtablesFamily.IPv4, 0xC114);
        Assert.Throws<MalformedTableException>(() => new XtablesTable(XtablesFamily.IPv4, "t", 1, [8, 0, 0, 0, 0], Zeros, rule));
    }

    [Fact]
    public void AnyBytesAreATableOrAreRefused() =>
        Gen.Select(Gen.Byte.Array[0, 400], Gen.UInt, Gen.UInt[0, 400]).Sample((bytes, hooks, offset) =>
        {
            try
            {
                var table = new XtablesTable(XtablesFamily.IPv6, "t", hooks & 31, [offset, offset, 0, 0, 0], Zeros, bytes);
                Assert.Equal(bytes.Length, table.EntryOffsets.ToArray().Sum(at => table.EntryAt(at).Length));
            }
            catch (MalformedTableException)
            {
            }
        });

    [Fact]
    public void AddingAndRemovingGivesTheBytesBackForAnyRow() =>
        Gen.Int[1, 12].Array[1, 9].Sample(paddings =>
        {
            byte[] entries = [.. paddings.SelectMany(Entry)];
            var before = Table(entries, 0);
            var rule = MarkRule.DropUnless(XtablesFamily.IPv4, 0xC114);
            var closed = TableEdit.AddAtHeads(before, rule).Table;
            Assert.Equal(before.EntryCount + 1, closed.EntryCount);
            var opened = TableEdit.RemoveFromHeads(closed, rule);
            Assert.NotNull(opened);
            Assert.Equal(entries, opened.Table.Entries.ToArray());
        });

    [Fact]
    public void AJumpToNoEntryIsRefused()
    {
        var entry = Entry(1);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(112 + 32), 4);
        Assert.Throws<MalformedTableException>(() => TableEdit.AddAtHeads(Table(entry, 0), MarkRule.DropUnless(XtablesFamily.IPv4, 1)));
    }

    private static XtablesTable Table(byte[] entries, uint head) => new(XtablesFamily.IPv4, "t", 1, [head, 0, 0, 0, 0], Zeros, entries);

    /// <summary>An entry without matches whose standard target jumps to the first entry.</summary>
    private static byte[] Entry(int padding)
    {
        var entry = new byte[112 + 40 + 8 * padding];
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(88), 112);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(90), (ushort)entry.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(112), 40);
        return entry;
    }
}
