namespace LxcNative.Native.Criu.Images;

/// <summary>A mount of the images (mnt_entry of images/mnt.proto).</summary>
internal sealed record MountImageEntry
{
    /// <summary>What criu takes it for.</summary>
    public MountImageFileSystem FileSystem { get; init; }

    /// <summary>The file system's own name, where criu kept it.</summary>
    public string? FileSystemName { get; init; }

    /// <summary>Its id in mountinfo at the dump.</summary>
    public uint MountId { get; init; }

    /// <summary>Its parent's id.</summary>
    public uint ParentMountId { get; init; }

    /// <summary>The device of its root, as the kernel's dev_t (major &lt;&lt; 20 | minor).</summary>
    public uint RootDevice { get; init; }

    /// <summary>MS_* flags of the mount.</summary>
    public uint Flags { get; init; }

    /// <summary>MS_* flags of the superblock; null where they are in <see cref="Flags"/>.</summary>
    public uint? SuperblockFlags { get; init; }

    /// <summary>Which directory of the file system is mounted.</summary>
    public string Root { get; init; } = "";

    /// <summary>Where, seen from the container.</summary>
    public string MountPoint { get; init; } = "";

    /// <summary>Its source; for an automatically external mount, the path on the host.</summary>
    public string Source { get; init; } = "";

    /// <summary>The superblock's options.</summary>
    public string Options { get; init; } = "";

    /// <summary>Its peer group; null where it is not shared.</summary>
    public uint? SharedId { get; init; }

    /// <summary>The peer group it receives from; null where it is not a slave.</summary>
    public uint? MasterId { get; init; }

    /// <summary>Whether its mount point is deleted.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>The name it was declared external with; null for criu's own.</summary>
    public string? ExternalKey { get; init; }

    internal static MountImageEntry Parse(ProtobufReader reader)
    {
        var mount = new MountImageEntry();
        while (reader.Next())
        {
            mount = reader.Field switch
            {
                1 => mount with { FileSystem = (MountImageFileSystem)reader.AsInt32() },
                2 => mount with { MountId = reader.AsUInt32() },
                3 => mount with { RootDevice = reader.AsUInt32() },
                4 => mount with { ParentMountId = reader.AsUInt32() },
                5 => mount with { Flags = reader.AsUInt32() },
                6 => mount with { Root = reader.AsText() },
                7 => mount with { MountPoint = reader.AsText() },
                8 => mount with { Source = reader.AsText() },
                9 => mount with { Options = reader.AsText() },
                10 => mount with { SharedId = NotZero(reader.AsUInt32()) },
                11 => mount with { MasterId = NotZero(reader.AsUInt32()) },
                14 => mount with { FileSystemName = reader.AsText() },
                16 => mount with { IsDeleted = reader.AsBoolean() },
                17 => mount with { SuperblockFlags = reader.AsUInt32() },
                18 => mount with { ExternalKey = reader.AsText() },
                _ => mount,
            };
        }
        reader.Require("mnt_entry", 1, 2, 3, 4, 5, 6, 7, 8, 9);
        return mount;
    }

    // criu writes 0 for none.
    private static uint? NotZero(uint id) => id == 0 ? null : id;
}
