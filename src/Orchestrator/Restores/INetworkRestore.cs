using LxcNative.Native.Criu;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Brings back a container's network: all of it before criu starts, or the part that criu leaves to others.</summary>
internal interface INetworkRestore : IDisposable
{
    /// <summary>Makes what can be made before criu starts. What must not pass is locked when it returns.</summary>
    /// <returns>What could not be made as it was, in words.</returns>
    IReadOnlyList<string> Make();

    /// <summary>Tells criu what was made.</summary>
    void Describe(CriuOptions criu);

    /// <summary>The init exists, in its namespaces.</summary>
    void NamespacesMade(int init);

    /// <summary>Opens the network: every socket is there.</summary>
    void Open();

    /// <summary>Removes what was made.</summary>
    void Undo();
}
