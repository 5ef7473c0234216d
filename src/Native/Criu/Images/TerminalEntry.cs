using LxcNative.Native.Files;
using LxcNative.Native.Terminals;

namespace LxcNative.Native.Criu.Images;

/// <summary>The settings of a terminal (tty_info_entry of images/tty.proto).</summary>
internal sealed record TerminalEntry
{
    /// <summary>The numbers of fields that are changed.</summary>
    public const int SessionField = 6, GroupField = 7, DeviceField = 8, DevptsField = 13;

    private const int IdField = 1;

    /// <summary>Its number in the images: twice the terminal's own, and one more for a master.</summary>
    public uint Id { get; init; }

    /// <summary>The session that it controls, as the container counts; 0 for none.</summary>
    public uint Session { get; init; }

    /// <summary>The device (st_rdev).</summary>
    public uint Device { get; init; }

    /// <summary>The device of its file system (st_dev).</summary>
    public uint Devpts { get; init; }

    /// <summary>Whether it is /dev/tty: whatever terminal controls who opens it.</summary>
    public bool IsTty => DeviceNumber.FromValue(Device) == TerminalDevices.Tty;

    /// <summary>Of a master, the number that its slave has in the images.</summary>
    public uint SlaveId => Id & ~1u;

    /// <summary>Whether it is the slave of a pseudo-terminal.</summary>
    public bool IsSlave => TerminalDevices.IsSlave(DeviceNumber.FromValue(Device));

    /// <summary>Reads one.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static TerminalEntry Parse(ProtobufReader reader)
    {
        var entry = new TerminalEntry();
        while (reader.Next())
        {
            entry = reader.Field switch
            {
                IdField => entry with { Id = reader.AsUInt32() },
                SessionField => entry with { Session = reader.AsUInt32() },
                DeviceField => entry with { Device = reader.AsUInt32() },
                DevptsField => entry with { Devpts = reader.AsUInt32() },
                _ => entry,
            };
        }

        reader.Require("tty_info_entry", IdField, SessionField, GroupField, DeviceField);
        return entry;
    }
}
