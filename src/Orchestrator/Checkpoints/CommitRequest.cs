namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What somebody is asked who has a say in a checkpoint: the images are complete, and the container stands still until the answer.</summary>
/// <param name="Name">The container's name.</param>
/// <param name="Pid">The pid of its init, as the host sees it.</param>
/// <param name="ImagesDir">The directory with the images, absolute.</param>
public sealed record CommitRequest(string Name, int Pid, string ImagesDir);
