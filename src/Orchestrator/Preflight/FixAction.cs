namespace LxcNative.Orchestrator.Preflight;

/// <summary>A remedy that was tried.</summary>
/// <param name="Id">The finding's id.</param>
/// <param name="What">What was done, or would have been.</param>
/// <param name="Problem">Why it could not be done; null when it was.</param>
public sealed record FixAction(string Id, string What, string? Problem);
