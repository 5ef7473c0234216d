using System.Text.Json.Serialization;
using LxcNative.Native.Namespaces;

namespace LxcNative.Orchestrator.Containers;

/// <summary>A namespace of the container's init.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Inode">Its inode on nsfs: what `ls -i /proc/PID/ns` shows.</param>
/// <param name="SharedWithHost">Whether this process is in the same one.</param>
public sealed record ContainerNamespace(
    [property: JsonConverter(typeof(JsonStringEnumConverter<NamespaceKind>))] NamespaceKind Kind, ulong Inode, bool SharedWithHost);
