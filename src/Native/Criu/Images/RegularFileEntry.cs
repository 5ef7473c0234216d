namespace LxcNative.Native.Criu.Images;

/// <summary>An open file that has a path (reg_file_entry of images/regfile.proto).</summary>
internal sealed record RegularFileEntry
{
    /// <summary>Its number in the images.</summary>
    public uint Id { get; init; }

    /// <summary>O_* flags.</summary>
    public uint Flags { get; init; }

    /// <summary>Where in the image the flags begin.</summary>
    public long FlagsOffset { get; init; }

    /// <summary>The offset in bytes.</summary>
    public ulong Position { get; init; }

    /// <summary>Its path, seen from the container.</summary>
    public string Name { get; init; } = "";

    /// <summary>The mount it is on; -1 where unknown.</summary>
    public int MountId { get; init; } = -1;

    /// <summary>Its size at the dump in bytes, which criu compares.</summary>
    public ulong? Size { get; init; }

    /// <summary>Whether it was declared external.</summary>
    public bool IsExternal { get; init; }

    /// <summary>Its mode at the dump, which criu compares.</summary>
    public uint? Mode { get; init; }

    internal static RegularFileEntry Parse(ProtobufReader reader)
    {
        var entry = new RegularFileEntry();
        while (reader.Next())
        {
            entry = reader.Field switch
            {
                1 => entry with { Id = reader.AsUInt32() },
                2 => entry with { Flags = reader.AsUInt32(), FlagsOffset = reader.ValueOffset },
                3 => entry with { Position = reader.AsUInt64() },
                6 => entry with { Name = reader.AsText() },
                7 => entry with { MountId = reader.AsSInt32() },
                8 => entry with { Size = reader.AsUInt64() },
                9 => entry with { IsExternal = reader.AsBoolean() },
                10 => entry with { Mode = reader.AsUInt32() },
                _ => entry,
            };
        }
        reader.Require("reg_file_entry", 1, 2, 3, 6);
        return entry;
    }
}
