using LxcNative.Native.Criu;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>A network namespace that is not criu's to make: it is handed one, or started inside of it.</summary>
/// <param name="criuInside">Whether it has to be inside, since its images do not speak of a namespace.</param>
internal abstract class OwnNetworkReturn(bool criuInside) : PartReturn
{
    /// <inheritdoc />
    public override bool HidesUnlock => criuInside;

    /// <summary>The namespace.</summary>
    protected abstract FileDescriptor Network { get; }

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        if (!criuInside)
            criu.AddInheritFd(Network, NetworkSaving.Key);
    }

    /// <inheritdoc />
    public override T Around<T>(Func<T> criu)
    {
        if (!criuInside)
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
