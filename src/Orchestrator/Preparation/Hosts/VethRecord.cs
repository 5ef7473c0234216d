namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>A pair that was made.</summary>
/// <param name="HostIndex">The host end's index: another device of the name is none of ours.</param>
internal sealed record VethRecord(int HostIndex);
