namespace LxcNative.Native.Criu;

/// <summary>What only some versions of libcriu can be asked for.</summary>
public enum CriuFeature
{
    /// <summary>A terminal whose master is outside of the container (criu 3.15).</summary>
    OrphanPtsMaster,

    /// <summary>Choosing the network lock (criu 3.16; skipping it: 3.19).</summary>
    NetworkLock,

    /// <summary>Pidfds kept across pre-dumps (criu 3.16).</summary>
    PidfdStore,

    /// <summary>Joining an existing namespace (criu 3.16.1).</summary>
    JoinNamespace,

    /// <summary>Asking what kernel and criu can do (criu 3.17).</summary>
    FeatureCheck,

    /// <summary>Another SELinux mount context at restore (criu 3.17).</summary>
    LsmMountContext,

    /// <summary>The old way of restoring mounts (criu 3.17).</summary>
    MountNamespaceCompatibility,

    /// <summary>Restoring although a program's mode has changed (criu 3.18).</summary>
    SkipFileModeCheck,

    /// <summary>Network namespaces dumped without their content (criu 3.19).</summary>
    EmptyNamespaces,

    /// <summary>A configuration file for what has no option of its own (criu 4.2).</summary>
    ConfigFile,
}
