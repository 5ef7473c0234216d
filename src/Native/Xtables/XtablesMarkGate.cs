namespace LxcNative.Native.Xtables;

/// <summary>A rule at the head of every base chain of one legacy table that drops what does not carry a given mark.</summary>
/// <remarks>It is recognised by its bytes: a rule of the same form that the user wrote at the head of a chain counts as this one.</remarks>
internal sealed class XtablesMarkGate
{
    private readonly XtablesSocket _socket;
    private readonly byte[] _rule;

    /// <summary>Describes the gate; touches nothing.</summary>
    /// <param name="socket">Where the table is; stays the caller's.</param>
    /// <param name="table">The table, e.g. <c>raw</c> or <c>filter</c>.</param>
    /// <param name="mark">The mark (all 32 bits) that passes.</param>
    public XtablesMarkGate(XtablesSocket socket, string table, uint mark)
    {
        _socket = socket;
        _rule = MarkRule.DropUnless(socket.Family, mark);
        Table = table;
    }

    /// <summary>The table that has the rules.</summary>
    public string Table { get; }

    /// <summary>Whether any chain begins with the rule.</summary>
    /// <exception cref="Errors.SyscallException">The table cannot be read.</exception>
    public bool IsClosed => TableEdit.CountAtHeads(_socket.Read(Table), _rule) > 0;

    /// <summary>Puts the rule at the head of every base chain, in one replace, also where one begins with the same rule: that is somebody else's.</summary>
    /// <exception cref="Errors.SyscallException">The table cannot be read or replaced.</exception>
    public void Close() => _socket.Update(Table, table => TableEdit.AddAtHeads(table, _rule));

    /// <summary>Takes the rule from the head of every base chain that begins with it, in one replace; false when none does.</summary>
    /// <exception cref="Errors.SyscallException">The table cannot be read or replaced.</exception>
    public bool Open() => _socket.Update(Table, table => TableEdit.RemoveFromHeads(table, _rule));
}
