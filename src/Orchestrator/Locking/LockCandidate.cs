using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Locking;

/// <summary>A way to lock a network that can be tried.</summary>
/// <param name="Method">Which.</param>
/// <param name="Prepare">Makes it ready; throws a LinuxException where the kernel does not have it.</param>
internal sealed record LockCandidate(NetworkLockMethod Method, Func<FileDescriptor, NetworkLockOptions, ILockMechanism> Prepare)
{
    public static LockCandidate NfTables { get; } = new(NetworkLockMethod.NfTables, NfTablesLock.Prepare);

    public static LockCandidate Xtables { get; } = new(NetworkLockMethod.Xtables, XtablesLock.Prepare);

    /// <summary>Best first.</summary>
    public static IReadOnlyList<LockCandidate> All { get; } = [NfTables, Xtables];
}
