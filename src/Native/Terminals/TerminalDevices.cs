using LxcNative.Native.Files;

namespace LxcNative.Native.Terminals;

/// <summary>The device numbers of terminals (Documentation/admin-guide/devices.txt of the kernel).</summary>
internal static class TerminalDevices
{
    /// <summary>/dev/tty: whatever terminal controls who opens it.</summary>
    public static readonly DeviceNumber Tty = new(5, 0);

    /// <summary>/dev/ptmx: the master of a pseudo-terminal.</summary>
    public static readonly DeviceNumber Multiplexer = new(5, 2);

    private const uint FirstSlave = 136, LastSlave = 143;
    private const int PerMajor = 256;

    /// <summary>Whether a device is the slave of a pseudo-terminal.</summary>
    public static bool IsSlave(DeviceNumber device) => device.Major is >= FirstSlave and <= LastSlave;

    /// <summary>The number that a slave has in its devpts.</summary>
    public static int IndexOf(DeviceNumber slave) => (int)((slave.Major - FirstSlave) * PerMajor + slave.Minor);

    /// <summary>The slave of a number.</summary>
    public static DeviceNumber Slave(int index) => new(FirstSlave + (uint)(index / PerMajor), (uint)(index % PerMajor));
}
