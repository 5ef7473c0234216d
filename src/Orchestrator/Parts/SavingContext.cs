using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts;

/// <summary>What parts have to know to save a container.</summary>
/// <param name="Container">The container as it was found.</param>
/// <param name="Options">How it shall be checkpointed.</param>
/// <param name="NetworkNamespace">Its network namespace; the caller's.</param>
/// <param name="Snapshot">What the pre-flight read of it: it need not be read again.</param>
/// <param name="LockTable">The name of the tables that its network is locked by: they are not the container's.</param>
internal sealed record SavingContext(
    Container Container, CheckpointOptions Options, FileDescriptor NetworkNamespace, ContainerSnapshot Snapshot, string LockTable);
