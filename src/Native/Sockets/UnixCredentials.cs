namespace LxcNative.Native.Sockets;

/// <summary>Who is at the other end, as the kernel has checked it (struct ucred), in the reader's pid and user namespaces.</summary>
/// <param name="ProcessId">The pid; 0 when it is outside the reader's pid namespace.</param>
/// <param name="UserId">The user id.</param>
/// <param name="GroupId">The group id.</param>
public readonly record struct UnixCredentials(int ProcessId, uint UserId, uint GroupId);
