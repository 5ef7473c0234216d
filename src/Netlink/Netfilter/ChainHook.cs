using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter;

/// <summary>Where a base chain is registered.</summary>
/// <param name="Number">The hook; what the number means depends on the family.</param>
/// <param name="Priority">Chains at one hook run from the lowest priority to the highest.</param>
public sealed record ChainHook(uint Number, int Priority)
{
    /// <summary>A hook of inet, IPv4, IPv6 or bridge.</summary>
    public ChainHook(InetHook hook, int priority)
        : this((uint)hook, priority)
    {
    }

    /// <summary>A hook of the family arp.</summary>
    public ChainHook(ArpHook hook, int priority)
        : this((uint)hook, priority)
    {
    }

    /// <summary>A hook of the family netdev.</summary>
    public ChainHook(NetdevHook hook, int priority, params IReadOnlyList<string> devices)
        : this((uint)hook, priority) => Devices = devices;

    /// <summary>The names of the devices, for a hook that needs them.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Attributes that this library does not know.</summary>
    public IReadOnlyList<OwnedAttribute> Unknown { get; init; } = [];

    internal static ChainHook Parse(Attribute<BigEndian> nest)
    {
        uint number = 0;
        var priority = 0;
        List<string> devices = [];
        List<OwnedAttribute> unknown = [];
        foreach (var attribute in nest.AsNest())
        {
            switch ((NFTA_HOOK)attribute.Type)
            {
                case NFTA_HOOK.NFTA_HOOK_HOOKNUM:
                    number = attribute.AsUInt32();
                    break;
                case NFTA_HOOK.NFTA_HOOK_PRIORITY:
                    priority = attribute.AsInt32();
                    break;
                case NFTA_HOOK.NFTA_HOOK_DEV:
                    break;
                case NFTA_HOOK.NFTA_HOOK_DEVS:
                    foreach (var device in attribute.AsNest())
                    {
                        if ((NFTA_DEVICE)device.Type == NFTA_DEVICE.NFTA_DEVICE_NAME)
                            devices.Add(device.AsString());
                        else
                            throw new NetlinkProtocolException($"NFTA_HOOK_DEVS: attribute {device.Type} is not a device's name");
                    }

                    break;
                default:
                    unknown.Add(attribute.ToOwned());
                    break;
            }
        }

        return new ChainHook(number, priority) { Devices = devices, Unknown = unknown };
    }

    internal void Write(AttributeWriter<BigEndian> writer)
    {
        using (writer.Nest(NFTA_CHAIN.NFTA_CHAIN_HOOK))
        {
            writer.Write(NFTA_HOOK.NFTA_HOOK_HOOKNUM, Number);
            writer.Write(NFTA_HOOK.NFTA_HOOK_PRIORITY, Priority);
            if (Devices.Count == 1)
                writer.Write(NFTA_HOOK.NFTA_HOOK_DEV, Devices[0]);
            if (Devices.Count > 1)
            {
                using (writer.Nest(NFTA_HOOK.NFTA_HOOK_DEVS))
                {
                    foreach (var device in Devices)
                        writer.Write(NFTA_DEVICE.NFTA_DEVICE_NAME, device);
                }
            }

            foreach (var attribute in Unknown)
                writer.Write(attribute);
        }
    }
}
