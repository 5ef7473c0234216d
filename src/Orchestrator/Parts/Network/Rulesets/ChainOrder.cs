using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rulesets;

/// <summary>Puts the rules of a chain into their order although they are added in the order of their handles.</summary>
internal sealed class ChainOrder
{
    private readonly List<ulong> _handles = [];
    private readonly Dictionary<ulong, int> _places = [];
    private readonly HashSet<ulong> _added = [];
    private int _last = -1;

    /// <summary>Notes the next rule of the chain, in the chain's order.</summary>
    public void Note(ulong handle)
    {
        _places[handle] = _handles.Count;
        _handles.Add(handle);
    }

    /// <summary>How a rule is added: at the end, behind another, or at the head.</summary>
    /// <param name="handle">The rule's captured handle.</param>
    /// <param name="sequence">Tells the new handle of the other.</param>
    public (MessageFlags Flags, OwnedAttribute? Position) Place(ulong handle, HandleSequence sequence)
    {
        var place = _places[handle];
        var before = place - 1;
        while (before >= 0 && !_added.Contains(_handles[before]))
            before--;
        _added.Add(handle);
        if (place > _last)
        {
            _last = place;
            return (MessageFlags.Create | MessageFlags.Append, null);
        }

        return before < 0
            ? (MessageFlags.Create, null)
            : (MessageFlags.Create | MessageFlags.Append, RulesetAttributes.Number((ushort)NFTA_RULE.NFTA_RULE_POSITION, sequence.Now(_handles[before])));
    }
}
