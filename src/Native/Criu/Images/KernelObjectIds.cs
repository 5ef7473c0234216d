namespace LxcNative.Native.Criu.Images;

/// <summary>criu's own numbers for what a task shares with others; they name images, e.g. mountpoints-N.img (task_kobj_ids_entry).</summary>
internal sealed record KernelObjectIds
{
    /// <summary>Memory.</summary>
    public uint Memory { get; init; }

    /// <summary>The descriptor table: fdinfo-N.img.</summary>
    public uint Files { get; init; }

    /// <summary>Root and working directory.</summary>
    public uint FileSystem { get; init; }

    /// <summary>Signal handlers.</summary>
    public uint SignalHandlers { get; init; }

    /// <summary>The pid namespace.</summary>
    public uint? PidNamespace { get; init; }

    /// <summary>The network namespace: netns-N.img, netdev-N.img, nftables-N.img.</summary>
    public uint? NetNamespace { get; init; }

    /// <summary>The IPC namespace.</summary>
    public uint? IpcNamespace { get; init; }

    /// <summary>The UTS namespace.</summary>
    public uint? UtsNamespace { get; init; }

    /// <summary>The mount namespace: mountpoints-N.img.</summary>
    public uint? MountNamespace { get; init; }

    /// <summary>The user namespace.</summary>
    public uint? UserNamespace { get; init; }

    /// <summary>The cgroup namespace.</summary>
    public uint? CgroupNamespace { get; init; }

    /// <summary>The time namespace.</summary>
    public uint? TimeNamespace { get; init; }

    /// <summary>Reads ids-PID.img.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static KernelObjectIds Read(string path) => Parse(new ImageEntries(File.ReadAllBytes(path), ImageMagic.Ids, path).Single());

    internal static KernelObjectIds Parse(ProtobufReader reader)
    {
        var ids = new KernelObjectIds();
        while (reader.Next())
        {
            ids = reader.Field switch
            {
                1 => ids with { Memory = reader.AsUInt32() },
                2 => ids with { Files = reader.AsUInt32() },
                3 => ids with { FileSystem = reader.AsUInt32() },
                4 => ids with { SignalHandlers = reader.AsUInt32() },
                5 => ids with { PidNamespace = reader.AsUInt32() },
                6 => ids with { NetNamespace = reader.AsUInt32() },
                7 => ids with { IpcNamespace = reader.AsUInt32() },
                8 => ids with { UtsNamespace = reader.AsUInt32() },
                9 => ids with { MountNamespace = reader.AsUInt32() },
                10 => ids with { UserNamespace = reader.AsUInt32() },
                11 => ids with { CgroupNamespace = reader.AsUInt32() },
                12 => ids with { TimeNamespace = reader.AsUInt32() },
                _ => ids,
            };
        }
        reader.Require("task_kobj_ids_entry", 1, 2, 3, 4);
        return ids;
    }
}
