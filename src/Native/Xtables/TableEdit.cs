using System.Buffers.Binary;

namespace LxcNative.Native.Xtables;

/// <summary>A table with one rule added to, or taken from, the head of each of its base chains; every other entry byte for byte the same
/// but for the offsets of jumps, which follow their chains.</summary>
internal sealed class TableEdit
{
    private TableEdit(XtablesTable table, int[] origin)
    {
        Table = table;
        Origin = origin;
    }

    /// <summary>The table as it will be.</summary>
    public XtablesTable Table { get; }

    /// <summary>For every entry of <see cref="Table"/> the index it had before, or -1 for an added one.</summary>
    public int[] Origin { get; }

    /// <summary>Puts <paramref name="rule"/> before the first entry of every base chain.</summary>
    public static TableEdit AddAtHeads(XtablesTable before, ReadOnlySpan<byte> rule)
    {
        var heads = Heads(before);
        var parts = new List<Part>();
        for (var index = 0; index < before.EntryCount; index++)
        {
            if (heads.Contains(before.EntryOffsets[index]))
                parts.Add(new Part(-1));
            parts.Add(new Part(index));
        }

        return Build(before, parts, rule);
    }

    /// <summary>Takes the first entry of every base chain away where it is <paramref name="rule"/>; null where no chain begins with it.</summary>
    public static TableEdit? RemoveFromHeads(XtablesTable before, ReadOnlySpan<byte> rule)
    {
        var heads = Heads(before);
        var parts = new List<Part>();
        for (var index = 0; index < before.EntryCount; index++)
        {
            var offset = before.EntryOffsets[index];
            if (!(heads.Contains(offset) && IsSameRule(before, offset, rule)))
                parts.Add(new Part(index));
        }

        return parts.Count == before.EntryCount ? null : Build(before, parts, rule);
    }

    /// <summary>How many base chains begin with <paramref name="rule"/>.</summary>
    public static int CountAtHeads(XtablesTable table, ReadOnlySpan<byte> rule)
    {
        var count = 0;
        foreach (var head in Heads(table))
            count += IsSameRule(table, head, rule) ? 1 : 0;
        return count;
    }

    private static HashSet<int> Heads(XtablesTable table)
    {
        var heads = new HashSet<int>();
        for (var hook = 0; hook < table.HookEntries.Length; hook++)
        {
            if (table.HasHook(hook))
                heads.Add((int)table.HookEntries[hook]);
        }

        return heads;
    }

    private static bool IsSameRule(XtablesTable table, int offset, ReadOnlySpan<byte> rule)
    {
        var entry = table.EntryAt(offset);
        // The kernel writes into these while the rule is in force: comefrom (the hooks that reach it) and the counters.
        var from = table.Layout.ComeFrom;
        var to = table.Layout.Counters + EntryLayout.CountersSize;
        return entry.Length == rule.Length && entry[..from].SequenceEqual(rule[..from]) && entry[to..].SequenceEqual(rule[to..]);
    }

    private static TableEdit Build(XtablesTable before, List<Part> parts, ReadOnlySpan<byte> rule)
    {
        var size = 0;
        foreach (var part in parts)
            size += part.IsAdded ? rule.Length : before.EntryAt(before.EntryOffsets[part.Index]).Length;

        var entries = new byte[size];
        var moved = new Dictionary<int, int>();
        var origin = new int[parts.Count];
        var at = 0;
        int? pendingHead = null;
        var headAt = new Dictionary<int, int>();
        for (var i = 0; i < parts.Count; i++)
        {
            origin[i] = parts[i].Index;
            if (parts[i].IsAdded)
            {
                pendingHead = at;
                rule.CopyTo(entries.AsSpan(at));
                at += rule.Length;
                continue;
            }

            var old = before.EntryOffsets[parts[i].Index];
            var entry = before.EntryAt(old);
            entry.CopyTo(entries.AsSpan(at));
            moved[old] = at;
            headAt[old] = pendingHead ?? at;
            pendingHead = null;
            at += entry.Length;
        }

        FixJumps(before, entries, moved);
        uint[] hooks = [.. before.HookEntries];
        uint[] underflows = [.. before.Underflows];
        for (var hook = 0; hook < hooks.Length; hook++)
        {
            if (!before.HasHook(hook))
                continue;
            var head = (int)hooks[hook];
            // A removed head leaves the chain to the entry behind it.
            hooks[hook] = (uint)(headAt.TryGetValue(head, out var kept) ? kept : headAt[head + before.EntryAt(head).Length]);
            underflows[hook] = (uint)moved[(int)underflows[hook]];
        }

        return new TableEdit(new XtablesTable(before.Family, before.Name, before.ValidHooks, hooks, underflows, entries), origin);
    }

    private static void FixJumps(XtablesTable before, byte[] entries, Dictionary<int, int> moved)
    {
        var layout = before.Layout;
        foreach (var at in moved.Values)
        {
            var entry = entries.AsSpan(at);
            var target = entry[BinaryPrimitives.ReadUInt16LittleEndian(entry[layout.TargetOffset..])..];
            // A standard target has the empty name; a verdict of 0 and above is the offset of the entry that is jumped to.
            if (target[EntryLayout.ExtensionName] != 0 || BinaryPrimitives.ReadUInt16LittleEndian(target) < EntryLayout.StandardTargetSize)
                continue;
            var verdict = target[EntryLayout.StandardVerdict..];
            var to = BinaryPrimitives.ReadInt32LittleEndian(verdict);
            if (to < 0)
                continue;
            if (!moved.TryGetValue(to, out var newTo))
                throw new MalformedTableException(before.Name, at, $"a jump goes to {to}, where no entry is left");
            BinaryPrimitives.WriteInt32LittleEndian(verdict, newTo);
        }
    }

    private readonly record struct Part(int Index)
    {
        public bool IsAdded => Index < 0;
    }
}
