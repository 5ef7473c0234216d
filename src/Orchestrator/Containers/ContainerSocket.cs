namespace LxcNative.Orchestrator.Containers;

/// <summary>A socket in the container's network namespace.</summary>
/// <param name="Protocol">tcp, tcp6, udp, udp6, raw, unix, netlink or packet.</param>
/// <param name="State">Its state, for protocols that have one.</param>
/// <param name="Local">Its own address or name.</param>
/// <param name="Peer">The other end's address, or inode.</param>
/// <param name="Unread">Bytes received and not read yet.</param>
/// <param name="Unsent">Bytes written and not acknowledged yet.</param>
/// <param name="Inode">Its inode on sockfs; 0 where it belongs to no process any more.</param>
public sealed record ContainerSocket(string Protocol, string? State, string? Local, string? Peer, long Unread, long Unsent, ulong Inode);
