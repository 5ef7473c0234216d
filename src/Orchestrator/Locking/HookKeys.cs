using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Netfilter;

namespace LxcNative.Orchestrator.Locking;

/// <summary>Keeps the kernel's code for the lock's hooks switched on, by the same rule set in a network namespace of its own, in which nothing lives.</summary>
/// <remarks>The first chain at a hook on the whole machine, and the removal of the last, make the kernel patch its own code (static keys): on two
/// busy processors locking then takes 3 ms instead of 0.05 ms. Here that happens before the freeze and after the thaw.</remarks>
internal sealed class HookKeys : IDisposable
{
    private readonly NetfilterSocket _socket;

    private HookKeys(NetfilterSocket socket, LockRuleset supported)
    {
        _socket = socket;
        Supported = supported;
    }

    /// <summary>What of the rule set this kernel supports, for any device.</summary>
    public LockRuleset Supported { get; }

    /// <summary>Switches the code for a rule set on, as far as the kernel supports it.</summary>
    /// <param name="ruleset">The rule set.</param>
    /// <param name="limitations">Gets what the kernel does not support, in words.</param>
    public static HookKeys Hold(LockRuleset ruleset, List<string> limitations)
    {
        NetfilterSocket socket = NamespaceThread.RunInNewNamespaces(NamespaceKind.Net, () => NetfilterSocket.Open());
        try
        {
            // A new namespace has no device but loopback, which has all hooks.
            LockRuleset supported = (ruleset with { Devices = ["lo"] }).Fit(socket, limitations);
            (Batch batch, _) = supported.BuildLock();
            socket.Execute(batch);
            return new HookKeys(socket, supported with { Devices = supported.Devices.Count > 0 ? ruleset.Devices : [] });
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Closes the socket, with which the namespace goes.</summary>
    public void Dispose() => _socket.Dispose();
}
