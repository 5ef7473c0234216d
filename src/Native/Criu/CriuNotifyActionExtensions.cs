namespace LxcNative.Native.Criu;

/// <summary>criu's words for <see cref="CriuNotifyAction"/>.</summary>
internal static class CriuNotifyActionExtensions
{
    public static CriuNotifyAction Parse(string text) => text switch
    {
        "pre-dump" => CriuNotifyAction.PreDump,
        "post-dump" => CriuNotifyAction.PostDump,
        "pre-restore" => CriuNotifyAction.PreRestore,
        "post-restore" => CriuNotifyAction.PostRestore,
        "network-lock" => CriuNotifyAction.NetworkLock,
        "network-unlock" => CriuNotifyAction.NetworkUnlock,
        "setup-namespaces" => CriuNotifyAction.SetupNamespaces,
        "post-setup-namespaces" => CriuNotifyAction.PostSetupNamespaces,
        "pre-resume" => CriuNotifyAction.PreResume,
        "post-resume" => CriuNotifyAction.PostResume,
        "orphan-pts-master" => CriuNotifyAction.OrphanPtsMaster,
        "status-ready" => CriuNotifyAction.StatusReady,
        "query-ext-files" => CriuNotifyAction.QueryExtFiles,
        _ => CriuNotifyAction.Unknown,
    };

    /// <summary>criu ignores a refusal here, and criu_restore_child would wait for ever: libcriu stops listening, criu goes on asking.</summary>
    public static bool CannotBeRefused(this CriuNotifyAction action) =>
        action is CriuNotifyAction.NetworkUnlock or CriuNotifyAction.PreResume or CriuNotifyAction.PostResume;
}
