namespace LxcNative.Cli.Output;

/// <summary>What lock and unlock did.</summary>
/// <param name="Pid">The container's init.</param>
/// <param name="Name">Its name.</param>
/// <param name="Locked">Whether its network is locked now.</param>
/// <param name="Method">What holds it.</param>
internal sealed record LockReport(int Pid, string Name, bool Locked, string? Method);
