namespace LxcNative.Orchestrator.Steps;

/// <summary>Takes steps, each written to the journal first, and takes them back, the last one first.</summary>
/// <remarks>Used by one thread.</remarks>
internal sealed class StepRunner(Journal? journal = null)
{
    private readonly List<Step> _taken = [];

    /// <summary>Takes a step. When it fails it counts as taken: half of it may be there.</summary>
    public void Take(Step step)
    {
        if (step.Take is null)
            return;
        journal?.Write(step);
        if (step.Undo.Count > 0)
            _taken.Add(step);
        step.Take();
        if (step.Undo.Count == 0)
            _taken.Add(step);
    }

    /// <summary>The container runs: takes back what only its restore needed, and forgets what goes by itself.</summary>
    /// <returns>What could not be taken back, in words.</returns>
    public IReadOnlyList<string> Settle()
    {
        var left = TakeBack(step => step.Lifetime == Lifetime.Restore);
        _taken.RemoveAll(step => step.Lifetime == Lifetime.Attempt);
        journal?.Settle();
        return left;
    }

    /// <summary>Nobody will take back what lasts as long as the container: it is left to the host.</summary>
    public void LeaveAll()
    {
        _taken.RemoveAll(step => step.Lifetime == Lifetime.Container);
        journal?.Remove();
    }

    /// <summary>Takes everything back that is still there.</summary>
    /// <returns>What could not be taken back, in words.</returns>
    public IReadOnlyList<string> TakeBack()
    {
        var left = TakeBack(_ => true);
        if (left.Count == 0)
            journal?.Remove();
        return left;
    }

    private List<string> TakeBack(Predicate<Step> chosen)
    {
        var left = new List<string>();
        for (var i = _taken.Count - 1; i >= 0; i--)
        {
            var step = _taken[i];
            if (!chosen(step))
                continue;
            _taken.RemoveAt(i);
            Attempt.Run(left, step.What, step.Revert);
            foreach (var undo in step.Undo)
                Attempt.Run(left, undo.What, undo.Run);
        }

        return left;
    }
}
