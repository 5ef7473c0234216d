using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts;

/// <summary>A part that is coming back, in the process that will be the container's parent. Disposed when the container has ended, or when nothing more may be
/// made because the restore failed: whatever it does beside is at its end then.</summary>
internal abstract class PartReturn : IDisposable
{
    /// <summary>What is made before criu starts, in order; the calling thread's mounts are its own.</summary>
    public virtual IEnumerable<Step> Steps => [];

    /// <summary>What could not be made as it was, in words.</summary>
    public virtual IEnumerable<string> Shortfalls => [];

    /// <summary>Whether packets wait until the network opens: then it may open when criu has let go of all sockets, which is later than that they are
    /// there.</summary>
    public virtual bool HoldsPackets => false;

    /// <summary>What became of the packets that came before the container ran, of the part that locks; complete once it runs.</summary>
    public virtual LockedPackets? Packets => null;

    /// <summary>Whether criu, as this part has it called, does not tell when it would open the network.</summary>
    public virtual bool HidesUnlock => false;

    /// <summary>Waits for what criu has to find complete.</summary>
    public virtual void Ready()
    {
    }

    /// <summary>Tells criu what was made.</summary>
    public virtual void DescribeTo(CriuOptions criu)
    {
    }

    /// <summary>Calls criu, from where this part needs it to be.</summary>
    public virtual T Around<T>(Func<T> criu) => criu();

    /// <summary>criu has come to a moment of the restore.</summary>
    /// <param name="notification">Which.</param>
    /// <param name="init">The container's init, as the host sees it; 0 before there is one.</param>
    public virtual void On(CriuNotification notification, int init)
    {
    }

    /// <summary>Every task and every socket is there: what was only for making them is taken away, so that all is as it was. Not called in every restore, and
    /// always before <see cref="Open"/>.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>Every task and every socket is there: what may reach them opens.</summary>
    public virtual void Open()
    {
    }

    /// <summary>The container runs, and criu has ended.</summary>
    public virtual void Running(int init)
    {
    }

    /// <summary>The terminals whose masters it keeps as long as the container runs; they stay its own.</summary>
    /// <param name="init">The container's init.</param>
    public virtual IReadOnlyList<KeptTerminal> KeptTerminals(int init) => [];

    /// <summary>The asker has its answer: what only the restore needed is let go.</summary>
    public virtual void Release()
    {
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of everything; called any number of times.</summary>
    protected virtual void Close()
    {
    }
}
