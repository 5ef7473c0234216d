namespace LxcNative.Orchestrator.Parts.Memory;

/// <summary>criu's images have all of it.</summary>
internal sealed class MemoryReturn : PartReturn;
