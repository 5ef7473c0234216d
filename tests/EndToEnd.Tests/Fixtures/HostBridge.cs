namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A bridge on the host with the first addresses of a subnet of its own; gone with <see cref="Dispose"/>.</summary>
public sealed class HostBridge : IDisposable
{
    private HostBridge(string name, TestSubnet subnet)
    {
        Name = name;
        Subnet = subnet;
    }

    public string Name { get; }

    public TestSubnet Subnet { get; }

    /// <summary>Makes a bridge that is up.</summary>
    /// <param name="macAddress">A fixed address; without one the kernel takes that of a port, as on a host set up by hand.</param>
    /// <param name="filtersVlans">Whether the bridge looks at VLAN tags.</param>
    /// <param name="mtu">Its MTU in bytes.</param>
    public static HostBridge Create(string? macAddress = null, bool filtersVlans = false, int mtu = 1500)
    {
        var bridge = new HostBridge(UniqueName.Link("lxnb"), TestSubnet.Take());
        string[] address = macAddress is null ? [] : ["address", macAddress];
        // A kernel without CONFIG_BRIDGE_VLAN_FILTERING refuses the option whatever its value.
        string[] filtering = filtersVlans ? ["vlan_filtering", "1"] : [];
        Command.Output("ip", ["link", "add", bridge.Name, .. address, "mtu", $"{mtu}", "type", "bridge", "forward_delay", "0", .. filtering]);
        try
        {
            Command.Output("ip", "addr", "add", bridge.Subnet.Ipv4(1) + "/24", "dev", bridge.Name);
            Command.Output("ip", "-6", "addr", "add", bridge.Subnet.Ipv6(1) + "/64", "dev", bridge.Name, "nodad");
            Command.Output("ip", "link", "set", bridge.Name, "up");
        }
        catch
        {
            bridge.Dispose();
            throw;
        }
        return bridge;
    }

    public void Dispose() => Command.Run("ip", "link", "del", Name);
}
