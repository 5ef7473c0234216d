namespace LxcNative.Native.Criu;

/// <summary>Which libcriu brought which function (lib/c/criu.h at each of its tags).</summary>
internal static class CriuSymbols
{
    private static readonly Dictionary<string, Version> Introduced = new(StringComparer.Ordinal)
    {
        ["criu_local_set_orphan_pts_master"] = new(3, 15),
        ["criu_get_orphan_pts_master_fd"] = new(3, 15),
        ["criu_local_set_tcp_close"] = new(3, 15),
        ["criu_local_set_lsm_profile"] = new(3, 15),
        ["criu_local_set_pre_dump_mode"] = new(3, 15),
        ["criu_local_set_network_lock"] = new(3, 16),
        ["criu_local_set_pidfd_store_sk"] = new(3, 16),
        ["criu_local_join_ns_add"] = new(3, 16, 1),
        ["criu_local_feature_check"] = new(3, 17),
        ["criu_local_set_lsm_mount_context"] = new(3, 17),
        ["criu_local_set_mntns_compat_mode"] = new(3, 17),
        ["criu_local_set_skip_file_rwx_check"] = new(3, 18),
        ["criu_local_set_empty_ns"] = new(3, 19),
        ["criu_local_set_config_file"] = new(4, 2),
    };

    /// <summary>The version that brought <paramref name="symbol"/>; null where every libcriu.so.2 has it.</summary>
    public static Version? VersionOf(string symbol) => Introduced.GetValueOrDefault(symbol);

    /// <summary>The functions of the newest version that <paramref name="has"/> answers for: the least that a library can be.</summary>
    public static Version? Newest(Func<string, bool> has) =>
        Introduced.Where(pair => has(pair.Key)).Select(pair => pair.Value).Max();

    /// <summary>The function that stands for a feature.</summary>
    public static string Of(CriuFeature feature) => feature switch
    {
        CriuFeature.OrphanPtsMaster => "criu_local_set_orphan_pts_master",
        CriuFeature.NetworkLock => "criu_local_set_network_lock",
        CriuFeature.PidfdStore => "criu_local_set_pidfd_store_sk",
        CriuFeature.JoinNamespace => "criu_local_join_ns_add",
        CriuFeature.FeatureCheck => "criu_local_feature_check",
        CriuFeature.LsmMountContext => "criu_local_set_lsm_mount_context",
        CriuFeature.MountNamespaceCompatibility => "criu_local_set_mntns_compat_mode",
        CriuFeature.SkipFileModeCheck => "criu_local_set_skip_file_rwx_check",
        CriuFeature.EmptyNamespaces => "criu_local_set_empty_ns",
        CriuFeature.ConfigFile => "criu_local_set_config_file",
        _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, "Not a feature of libcriu."),
    };
}
