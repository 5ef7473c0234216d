using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>A state, the options under which it is looked at, and the rule that has to find it.</summary>
/// <param name="State">The name in states.c.</param>
/// <param name="Rule">The id of the rule; null where nothing may be found that blocks.</param>
/// <param name="With">What the options are called in the table; empty for the defaults.</param>
/// <param name="Options">The options; null for the defaults.</param>
/// <param name="Note">Something to say of it in the table.</param>
internal sealed record StateCase(string State, string? Rule = null, string With = "", CheckpointOptions? Options = null, string? Note = null)
{
    /// <summary>Whether criu is asked through libcriu: its command cannot take the master of an orphaned terminal.</summary>
    public bool ByLibrary { get; init; }

    /// <summary>Whether the product refuses what criu would dump.</summary>
    public bool RefusedByUsAlone { get; init; }

    /// <summary>Whether the product dumps what criu alone refuses, and tells what is lost.</summary>
    public bool DumpedByUsAlone { get; init; }

    /// <summary>Why no rule foresees what criu refuses here; null where one has to.</summary>
    public string? KnownMiss { get; init; }

    public override string ToString() => With.Length == 0 ? State : $"{State} {With}";
}
