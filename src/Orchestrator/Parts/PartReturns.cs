using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts;

/// <summary>All parts of a container that are coming back, as one.</summary>
internal sealed class PartReturns(IReadOnlyList<PartReturn> all) : IDisposable
{
    /// <summary>What could not be made as it was.</summary>
    public IEnumerable<string> Shortfalls => all.SelectMany(part => part.Shortfalls);

    /// <summary>What became of the packets that came before the container ran.</summary>
    public LockedPackets? Packets => all.Select(part => part.Packets).FirstOrDefault(packets => packets is not null);

    /// <summary>Whether criu does not tell when it would open the network.</summary>
    public bool HidesUnlock => all.Any(part => part.HidesUnlock);

    /// <summary>Makes what they are made of, and waits for it.</summary>
    public void Make(StepRunner steps)
    {
        foreach (var step in all.SelectMany(part => part.Steps))
            steps.Take(step);
        foreach (var part in all)
            part.Ready();
    }

    /// <summary>Whether packets wait until the network opens.</summary>
    public bool HoldsPackets => all.Any(part => part.HoldsPackets);

    /// <summary>Tells criu what was made.</summary>
    public void DescribeTo(CriuOptions criu)
    {
        foreach (var part in all)
            part.DescribeTo(criu);
    }

    /// <summary>Every task and every socket is there: takes away what was only for making them.</summary>
    public void Complete()
    {
        foreach (var part in all)
            part.Complete();
    }

    /// <summary>Calls criu, from where the parts need it to be.</summary>
    public T Around<T>(Func<T> criu) => all.Aggregate(criu, (inner, part) => () => part.Around(inner))();

    /// <summary>criu has come to a moment of the restore.</summary>
    public void On(CriuNotification notification, int init)
    {
        foreach (var part in all)
            part.On(notification, init);
    }

    /// <summary>Every task and every socket is there.</summary>
    public void Open()
    {
        foreach (var part in all)
            part.Open();
    }

    /// <summary>The container runs.</summary>
    public void Running(int init)
    {
        foreach (var part in all)
            part.Running(init);
    }

    /// <summary>The terminals that they keep.</summary>
    public IReadOnlyList<KeptTerminal> KeptTerminals(int init) => [.. all.SelectMany(part => part.KeptTerminals(init))];

    /// <summary>The asker has its answer.</summary>
    public void Release()
    {
        foreach (var part in all)
            part.Release();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var part in all)
            part.Dispose();
    }
}
