namespace LxcNative.Orchestrator.Parts.Engine;

/// <summary>Nothing is made of it: the monitor tells it to those who ask.</summary>
internal sealed class EngineReturn : PartReturn;
