namespace LxcNative.Orchestrator.Parts.Pressure;

/// <summary>Reads what processes asked to be told of while they stand still.</summary>
/// <param name="init">The container's init.</param>
/// <param name="isUsed">Whether any has such a file open.</param>
internal sealed class PressureSaving(int init, bool isUsed) : PartSaving
{
    private PressureReading? _reading;

    /// <inheritdoc />
    public override PartState State => new PressureState { Triggers = _reading?.Found ?? [] };

    /// <inheritdoc />
    public override bool Captures => isUsed;

    /// <inheritdoc />
    public override IReadOnlyList<string> Warnings => _reading is { Unknown.Count: > 0 } reading
        ? [$"how much pressure is waited for is not known of {string.Join("; ", reading.Unknown)}: after a restore it is always ready"] : [];

    /// <inheritdoc />
    public override void Capture() => _reading = PressureReading.Take(init);
}
