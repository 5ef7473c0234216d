namespace LxcNative.Orchestrator.Preparation;

/// <summary>A part of a preparation.</summary>
/// <param name="What">What it is, in words.</param>
/// <param name="State">How it stands with it.</param>
public sealed record PreparationItem(string What, PreparationState State);
