using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Netfilter;

namespace LxcNative.Orchestrator.Locking;

/// <summary>Keeps the kernel's code for the lock's hooks switched on, by the same rule set in a network namespace of its own, in which nothing lives.</summary>
/// <remarks>The first chain at a hook on the whole machine, and the removal of the last, make the kernel patch its own code (static keys): on two
/// busy processors locking then takes 3 ms instead of 0.05 ms. Here that happens before the freeze and after the thaw.</remarks>
internal sealed class HookKeys : IDisposable
{
    private readonly NetfilterSocket _socket;

    private HookKeys(NetfilterSocket socket, LockRuleset supported, IReadOnlyList<string> refusals) =>
        (_socket, Supported, Refusals) = (socket, supported, refusals);

    /// <summary>What of the rule set this kernel supports, for any device.</summary>
    public LockRuleset Supported { get; }

    /// <summary>Why it is none of those that were tried before, in the kernel's words.</summary>
    public IReadOnlyList<string> Refusals { get; }

    /// <summary>Switches the code for a rule set on, as far as the kernel supports it.</summary>
    /// <param name="rulesets">Rule sets, best first: the first that the kernel does not refuse is taken.</param>
    /// <param name="limitations">Gets what the kernel does not support of it, in words.</param>
    /// <exception cref="BatchException">The last was refused, too.</exception>
    public static HookKeys Hold(IReadOnlyList<LockRuleset> rulesets, List<string> limitations)
    {
        var socket = NamespaceThread.RunInNewNamespaces(NamespaceKind.Net, () => NetfilterSocket.Open());
        try
        {
            List<string> refusals = [];
            foreach (var ruleset in rulesets.SkipLast(1))
            {
                try
                {
                    return Hold(socket, ruleset, limitations, refusals);
                }
                catch (BatchException refusal)
                {
                    refusals.Add(refusal.Message);
                }
            }

            return Hold(socket, rulesets[^1], limitations, refusals);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Closes the socket, with which the namespace goes.</summary>
    public void Dispose() => _socket.Dispose();

    private static HookKeys Hold(NetfilterSocket socket, LockRuleset ruleset, List<string> limitations, List<string> refusals)
    {
        List<string> told = [];
        // A new namespace has no device but loopback, which has all hooks.
        var supported = (ruleset with { Devices = ruleset.BlocksDevices ? ["lo"] : [] }).Fit(socket, told);
        (var batch, _) = supported.BuildLock();
        socket.Execute(batch);
        limitations.AddRange(told);
        return new HookKeys(socket, supported with { Devices = supported.Devices.Count > 0 ? ruleset.Devices : [] }, refusals);
    }
}
