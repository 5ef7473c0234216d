using System.Text.Json;
using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Parts.Memory;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Parts;

/// <summary>All parts of a container that are being saved, as one.</summary>
internal sealed class PartSavings : IDisposable
{
    private readonly List<(Part Part, PartSaving Saving)> _all = [];

    private PartSavings()
    {
    }

    /// <summary>The states, by the parts' names.</summary>
    public IReadOnlyDictionary<string, JsonElement> States =>
        _all.ToDictionary(one => one.Part.Name, one => one.Part.Write(one.Saving.State), StringComparer.Ordinal);

    /// <summary>What criu has to be told to leave to us.</summary>
    public IEnumerable<string> Externals => _all.SelectMany(one => one.Saving.Externals);

    /// <summary>What a reader should know.</summary>
    public IEnumerable<string> Warnings => _all.SelectMany(one => one.Saving.Warnings);

    /// <summary>The bytes that will be written besides memory.</summary>
    public long Bytes => _all.Sum(one => one.Saving.Bytes);

    /// <summary>Whether criu does not tell when it would open the network.</summary>
    public bool HidesUnlock => _all.Any(one => one.Saving.HidesUnlock);

    /// <summary>Who saves the network namespace.</summary>
    public CaptureMode NetworkSavedBy => _all.Select(one => one.Saving.State).OfType<NetworkState>().Single().SavedBy;

    /// <summary>The memory that was copied while the container ran.</summary>
    public IReadOnlyList<PreCopyRound> PreCopied => _all.Select(one => one.Saving).OfType<MemorySaving>().SingleOrDefault()?.Rounds ?? [];

    /// <summary>Prepares all parts, while the container runs.</summary>
    /// <exception cref="Errors.RefusedException">One cannot be saved in the way that was asked for.</exception>
    public static PartSavings Prepare(SavingContext context)
    {
        var savings = new PartSavings();
        try
        {
            foreach (var part in PartList.All)
                savings._all.Add((part, part.Prepare(context)));
            return savings;
        }
        catch
        {
            savings.Dispose();
            throw;
        }
    }

    /// <summary>A criu that parts need started elsewhere; null where any will do.</summary>
    public CriuWorker? StartCriu(CriuInstallation installation, CriuKerndat? kerndat)
    {
        Func<CriuWorker> start = () => CriuWorker.Start(installation);
        var isElsewhere = false;
        foreach (var (_, saving) in _all)
            if (saving.PlaceForCriu(installation, kerndat, start) is { } place)
                (start, isElsewhere) = (place, true);
        if (!isElsewhere)
            return null;
        var criu = start();
        try
        {
            // It has the container in its hands, and may not die first.
            criu.TryShield();
            _all.ForEach(one => one.Saving.Started(criu));
            return criu;
        }
        catch
        {
            criu.Dispose();
            throw;
        }
    }

    /// <summary>criu is about to freeze the container.</summary>
    public void Asked() => _all.ForEach(one => one.Saving.Asked());

    /// <summary>Tells criu what it has to know.</summary>
    public void DescribeTo(CriuOptions criu)
    {
        foreach (var external in Externals)
            criu.AddExternal(external);
        _all.ForEach(one => one.Saving.DescribeTo(criu));
    }

    /// <summary>Makes their files.</summary>
    public void Begin(ImageDirectory images) => _all.ForEach(one => one.Saving.Begin(images));

    /// <summary>Captures, the last one first: what is copied on threads of its own goes on beside the rest.</summary>
    public void Capture(SpanRecorder recorder)
    {
        for (var i = _all.Count - 1; i >= 0; i--)
        {
            var (part, saving) = _all[i];
            if (saving.Captures)
                recorder.Run(Track.Beside, $"save {part.Name}", saving.Capture);
        }
    }

    /// <summary>Completes what was captured.</summary>
    public void Complete() => _all.ForEach(one => one.Saving.Complete());

    /// <summary>Mends what criu wrote.</summary>
    public void Finish(ImageDirectory images) => _all.ForEach(one => one.Saving.Finish(images));

    /// <summary>The container runs on: it gets back what was taken from it.</summary>
    /// <returns>What it did not get back, in words.</returns>
    public IReadOnlyList<string> GiveBack() => [.. _all.SelectMany(one => one.Saving.GiveBack())];

    /// <inheritdoc />
    public void Dispose() => _all.ForEach(one => one.Saving.Dispose());
}
