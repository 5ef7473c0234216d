namespace LxcNative.Orchestrator.Locking;

/// <summary>What a network lock is made of.</summary>
public enum NetworkLockMethod
{
    /// <summary>Tables of nf_tables: one batch locks, one unlocks.</summary>
    NfTables,

    /// <summary>Rules at the head of the legacy tables of iptables, on a kernel without nf_tables: IP only, and left behind by a killed holder.</summary>
    Xtables,
}
