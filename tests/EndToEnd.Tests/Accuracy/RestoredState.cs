namespace LxcNative.EndToEnd.Tests.Accuracy;

/// <summary>A state of an LXC container, and what is expected of its checkpoint and restore by the command.</summary>
/// <param name="State">Its name in states.c, or in <c>LxcStates</c>.</param>
/// <param name="Verdict">What is expected: one of the words below.</param>
/// <param name="Finding">Where it is refused, the id that has to be told.</param>
internal sealed record RestoredState(string State, string Verdict = RestoredState.ComesBack, string? Finding = null)
{
    public const string ComesBack = "comes back", Differs = "comes back, differs", Refused = "refused", RunsOn = "failed, runs on", Lost = "lost",
    NotMade = "not made";

    /// <summary>What the options are called in the table; empty for the defaults.</summary>
    public string With { get; init; } = "";

    /// <summary>Options of the checkpoint.</summary>
    public IReadOnlyList<string> Checkpoint { get; init; } = [];

    /// <summary>Options of the restore.</summary>
    public IReadOnlyList<string> Restore { get; init; } = [];

    /// <summary>A line for a shell in the container, whose output has to be the same before and after.</summary>
    public string? Look { get; init; }

    /// <summary>Checkpoints and restores, one after the other.</summary>
    public int Generations { get; init; } = 1;

    /// <summary>Whether it may also be exactly as it was: what differs changes by itself.</summary>
    public bool Varies { get; init; }

    /// <summary>Why it is not as one would expect: why it cannot be made in a container of LXC, what differs, what is lost.</summary>
    public string? Why { get; init; }

    public override string ToString() => With.Length == 0 ? State : $"{State} {With}";
}
