namespace LxcNative.Orchestrator.Parts.Sockets;

/// <summary>A socket that something was set for.</summary>
/// <param name="Process">A process that has it open, as the host sees it.</param>
/// <param name="Inode">Which socket it is.</param>
/// <param name="Settings">What is kept of it.</param>
internal sealed record FoundSocket(int Process, ulong Inode, SocketSettings Settings);
