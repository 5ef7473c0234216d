using System.Diagnostics;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Parts.Memory;

/// <summary>When memory has been copied often enough that what is left may be copied while the container stands still.</summary>
/// <param name="how">What was asked for.</param>
internal sealed class CopyRounds(PreCopy how)
{
    private const int Slack = 5;
    private readonly List<PreCopyRound> _rounds = [];

    /// <summary>Those that there were.</summary>
    public IReadOnlyList<PreCopyRound> All => _rounds;

    /// <summary>Whether what is left will take much longer than the pause was to be.</summary>
    public bool IsLate => _rounds.Count > 1 && Expected > Slack * how.MaxPause;

    /// <summary>Copies, until it has been often enough.</summary>
    /// <param name="copy">Copies what was written to since the last time; returns how many bytes.</param>
    /// <param name="most">How often at most.</param>
    /// <param name="limit">How many bytes in all, about, with those that are left.</param>
    public void Run(Func<long> copy, int most, long limit = long.MaxValue)
    {
        do
        {
            var watch = Stopwatch.StartNew();
            var bytes = copy();
            _rounds.Add(new PreCopyRound(bytes, watch.Elapsed));
        }
        while (_rounds.Count < most && !IsSmall && !IsVain && (_rounds.Count == 1 || _rounds.Sum(round => round.Bytes) + _rounds[^1].Bytes <= limit));
    }

    private bool IsSmall => Expected <= how.MaxPause;

    // What the last round's pages would take as fast as all of them were copied: to look for them takes time that the pause has in any case.
    private TimeSpan Expected => _rounds is [var first, ..] && first.Bytes > 0 ? first.Took * ((double)_rounds[^1].Bytes / first.Bytes) : TimeSpan.Zero;

    // What is written to as fast as it is copied does not become less.
    private bool IsVain => _rounds is [.., var before, var last] && last.Bytes > before.Bytes * 9 / 10;
}
