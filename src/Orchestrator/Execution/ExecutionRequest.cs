namespace LxcNative.Orchestrator.Execution;

/// <summary>What the process is asked that enters a container.</summary>
/// <param name="Name">The container's name, for messages.</param>
/// <param name="InitPid">Its init.</param>
/// <param name="InitStartTime">That init's start time.</param>
/// <param name="Cgroups">The directories of its cgroups.</param>
/// <param name="Candidates">Paths of the program inside, tried one after the other.</param>
/// <param name="Arguments">argv.</param>
/// <param name="Environment">The whole environment.</param>
/// <param name="UserId">The user inside.</param>
/// <param name="GroupId">The group inside.</param>
/// <param name="WorkingDirectory">The directory inside.</param>
/// <param name="Terminal">The terminal's path inside; null for the descriptors 0 to 2 as they are.</param>
internal sealed record ExecutionRequest(
    string Name, int InitPid, ulong InitStartTime, IReadOnlyList<string> Cgroups, IReadOnlyList<string> Candidates, IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment, uint UserId, uint GroupId, string WorkingDirectory, string? Terminal);

/// <summary>Its answer, when the program has been started or not.</summary>
/// <param name="Pid">The program's pid on the host; 0 where there is none.</param>
/// <param name="Error">Why not.</param>
/// <param name="NotFound">Whether there is no such program inside.</param>
/// <param name="Warnings">What should be known.</param>
internal sealed record ExecutionReply(int Pid, string? Error, bool NotFound, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether it is there, and cannot be run.</summary>
    public bool NotExecutable { get; init; }
}
