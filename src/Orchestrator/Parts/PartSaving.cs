using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Parts;

/// <summary>A part that is being saved. Disposed as soon as the container runs on or has ended, before its leftovers are waited for.</summary>
internal abstract class PartSaving : IDisposable
{
    /// <summary>What the manifest says of it.</summary>
    public abstract PartState State { get; }

    /// <summary>What criu has to be told to leave to us, in its own syntax.</summary>
    public virtual IEnumerable<string> Externals => [];

    /// <summary>What a reader should know although it does not stop the checkpoint.</summary>
    public virtual IReadOnlyList<string> Warnings => [];

    /// <summary>The bytes that it will write, as far as they are many.</summary>
    public virtual long Bytes => 0;

    /// <summary>Whether it has something to capture while the container stands still.</summary>
    public virtual bool Captures => false;

    /// <summary>Whether criu, as this part started it, does not tell when it would open the network.</summary>
    public virtual bool HidesUnlock => false;

    /// <summary>How criu is started where this part needs it; null where it may be started anywhere.</summary>
    /// <param name="installation">The criu.</param>
    /// <param name="kerndat">What it knows of the kernel; null where it would have to probe it.</param>
    /// <param name="start">Starts it where the parts before need it, from wherever it is called; the worker is the caller's to dispose.</param>
    public virtual Func<CriuWorker>? PlaceForCriu(CriuInstallation installation, CriuKerndat? kerndat, Func<CriuWorker> start) => null;

    /// <summary>criu has been started, at the place that the parts need.</summary>
    /// <param name="criu">It; the caller's.</param>
    public virtual void Started(CriuWorker criu)
    {
    }

    /// <summary>criu is about to freeze the container, which runs still. Nothing that takes long.</summary>
    public virtual void Asked()
    {
    }

    /// <summary>Tells criu more than its externals.</summary>
    public virtual void DescribeTo(CriuOptions criu)
    {
    }

    /// <summary>Makes its files, and writes what does not change. The container runs.</summary>
    public virtual void Begin(ImageDirectory images)
    {
    }

    /// <summary>Captures. The container stands still and its network is locked; criu dumps beside it.</summary>
    public virtual void Capture()
    {
    }

    /// <summary>Completes what was captured, with what criu itself added meanwhile. The container still stands still.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>Mends what criu wrote: before a container ends, or when one that is left running runs again.</summary>
    public virtual void Finish(ImageDirectory images)
    {
    }

    /// <summary>The container runs on: gives it back what was taken from it for the dump, if that has not been done. Any number of times.</summary>
    /// <returns>What it did not get back, in words.</returns>
    public virtual IEnumerable<string> GiveBack() => [];

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
