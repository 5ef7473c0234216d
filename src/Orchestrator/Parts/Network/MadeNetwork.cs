using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>The network namespace that criu has made for the container's init.</summary>
internal static class MadeNetwork
{
    /// <summary>Opens it.</summary>
    /// <param name="init">The container's init, as the host sees it.</param>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="InvalidOperationException">There is none: what is meant for the container's would be done to the host's.</exception>
    public static FileDescriptor Open(int init)
    {
        var made = Namespace.Open(init, NamespaceKind.Net);
        if (NamespaceId.Read(made) != NamespaceId.ReadSelf(NamespaceKind.Net))
            return made;
        made.Dispose();
        throw new InvalidOperationException(
            "criu made no network namespace for the container's init: what is meant for the container's would be done to the host's");
    }
}
