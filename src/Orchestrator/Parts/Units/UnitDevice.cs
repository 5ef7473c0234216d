namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>A row of DeviceAllow=.</summary>
/// <param name="Path">A device node, or a class of them ("char-rtc").</param>
/// <param name="Permissions">Of r, w and m.</param>
internal sealed record UnitDevice(string Path, string Permissions);
