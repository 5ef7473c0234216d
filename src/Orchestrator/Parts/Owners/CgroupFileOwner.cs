namespace LxcNative.Orchestrator.Parts.Owners;

/// <summary>A file of the container's cgroups that is not the host's root's alone: LXC and systemd give those away by which processes are moved.</summary>
/// <param name="Hierarchy">Which of the container's cgroups it is in or below: its place in their list.</param>
/// <param name="Path">Its path there.</param>
/// <param name="User">Its user, as the host has it.</param>
/// <param name="Group">Its group.</param>
/// <param name="Mode">Its permissions.</param>
internal sealed record CgroupFileOwner(int Hierarchy, string Path, uint User, uint Group, uint Mode);
