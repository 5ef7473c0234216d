namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>The container's terminals: those of its own devpts are in criu's images.</summary>
internal sealed record TerminalsState : PartState
{
    /// <summary>Those that come back as terminals of the host's devpts: LXC's default console, and what criu cannot make again.</summary>
    public IReadOnlyList<HostTerminal> OfHost { get => field ?? []; init; }

    /// <summary>Whether the container's init leads a session of its own, as LXC's does.</summary>
    public bool InitLeads { get; init; }
}
