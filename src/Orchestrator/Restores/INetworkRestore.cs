using LxcNative.Native.Criu;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Brings back a container's network: all of it before criu starts, or the part that criu leaves to others.</summary>
internal interface INetworkRestore : IDisposable
{
    /// <summary>Makes what criu has to be told of, and goes on with the rest while criu starts.</summary>
    void Begin();

    /// <summary>Waits for the rest. What must not pass is locked when it returns.</summary>
    /// <returns>What could not be made as it was, in words.</returns>
    IReadOnlyList<string> Complete();

    /// <summary>Tells criu what was made.</summary>
    void Describe(CriuOptions criu);

    /// <summary>Calls criu: from inside of the namespace where it has to be its own.</summary>
    T Call<T>(Func<T> criu);

    /// <summary>The init exists, in its namespaces.</summary>
    void NamespacesMade(int init);

    /// <summary>Opens the network: every socket is there.</summary>
    void Open();

    /// <summary>Waits, and removes what was made.</summary>
    void Undo();
}
