using LxcNative.Native.Criu;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>A network namespace that is not criu's to fill: it is handed one, started inside of it, or makes an empty one.</summary>
/// <param name="state">Which of these its images ask for.</param>
internal abstract class OwnNetworkReturn(NetworkState state) : LockedNetworkReturn
{
    /// <summary>What its images ask for.</summary>
    protected NetworkState State { get; } = state;

    /// <inheritdoc />
    public override bool HidesUnlock => State.CriuInside;

    /// <summary>The namespace.</summary>
    protected abstract FileDescriptor Network { get; }

    /// <summary>What is permitted while sockets are made; null before it is.</summary>
    protected abstract SocketPermits? Permits { get; }

    /// <inheritdoc />
    public override void Complete() => Permits?.End();

    /// <inheritdoc />
    public sealed override void Open()
    {
        try
        {
            Permits?.End();
        }
        finally
        {
            base.Open();
        }
    }

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        if (State.MadeByCriu)
            criu.EmptyNamespaces = (int)NamespaceKind.Net;
        else if (!State.CriuInside)
            criu.AddInheritFd(Network, NetworkSaving.Key);
    }

    /// <inheritdoc />
    public override T Around<T>(Func<T> criu)
    {
        if (!State.CriuInside)
            return criu();
        using var host = Namespace.OpenSelf(NamespaceKind.Net);
        Namespace.Enter(Network);
        try
        {
            return criu();
        }
        finally
        {
            Namespace.Enter(host);
        }
    }
}
