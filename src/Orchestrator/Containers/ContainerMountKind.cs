namespace LxcNative.Orchestrator.Containers;

/// <summary>What a checkpoint does with a mount of the container.</summary>
public enum ContainerMountKind
{
    /// <summary>The container's root file system: its content stays where it is on the host.</summary>
    Root,

    /// <summary>Belongs to the container alone: criu mounts it anew, with its content where it has one.</summary>
    Internal,

    /// <summary>Something of the host that was bound in: bound again from the same place of the host.</summary>
    External,

    /// <summary>Neither visible on the host nor of a kind that criu can mount anew: criu would refuse the dump.</summary>
    Unsupported,
}
