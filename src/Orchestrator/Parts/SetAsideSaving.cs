using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts;

/// <summary>Something that a container is without while it is dumped: taken from it before the freeze, and given back to one that runs on. The journal knows of
/// it first: whoever finds this process dead gives it back.</summary>
/// <param name="container">The container.</param>
internal abstract class SetAsideSaving(Container container) : PartSaving
{
    private Journal? _journal;

    /// <summary>The container.</summary>
    protected Container Container => container;

    /// <summary>Whether what could not be given back is left to the next command, by the journal.</summary>
    protected virtual bool IsTriedAgain => false;

    /// <inheritdoc />
    public sealed override IEnumerable<string> GiveBack()
    {
        if (_journal is null || ContainerHealth.IsGone(container))
            return [];
        var troubles = Return();
        if (troubles.Count > 0 && IsTriedAgain)
            _journal.Dispose();
        else
            _journal.Remove();
        _journal = null;
        return troubles;
    }

    /// <summary>Takes it.</summary>
    /// <typeparam name="T">What is thrown where the container does not let go of it.</typeparam>
    /// <param name="what">What is taken, in words.</param>
    /// <param name="undo">How it is given back by another process.</param>
    /// <param name="take">Takes it.</param>
    /// <exception cref="RefusedException">The container does not let go of it; it has everything back.</exception>
    protected void Take<T>(string what, Undo undo, Action take)
        where T : Exception
    {
        _journal = Journal.Begin(ContainerClaim.Checkpoint, container.Name);
        try
        {
            _journal.Write(new Step(what, null) { Undo = [undo] });
            take();
        }
        catch (T e)
        {
            var left = GiveBack().ToList();
            Dispose();
            throw new RefusedException(string.Join("; ", left.Prepend($"{container.Name} cannot be dumped: {e.Message}")), e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gives it back.</summary>
    /// <returns>What could not be given back, in words.</returns>
    protected abstract IReadOnlyList<string> Return();

    /// <inheritdoc />
    protected sealed override void Close()
    {
        // Where nobody asked: it was refused before the freeze.
        _ = GiveBack();
        _journal?.Remove();
        _journal = null;
    }
}
