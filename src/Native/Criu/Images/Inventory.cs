namespace LxcNative.Native.Criu.Images;

/// <summary>What a set of images is (inventory.img, images/inventory.proto). criu writes it last but for statistics.</summary>
internal sealed record Inventory
{
    /// <summary>The format's version; 2 since criu 1.6.</summary>
    public uint ImageVersion { get; init; }

    /// <summary>The root task's objects.</summary>
    public KernelObjectIds? RootIds { get; init; }

    /// <summary>The root task's set of cgroups in cgroup.img.</summary>
    public uint? RootCgroupSet { get; init; }

    /// <summary>The security module of the dump.</summary>
    public LsmType Lsm { get; init; }

    /// <summary>The host's uptime at the dump, microseconds.</summary>
    public ulong? DumpUptime { get; init; }

    /// <summary>Whether established connections were dumped as closed.</summary>
    public bool TcpClose { get; init; }

    /// <summary>How the network was locked, which the restore undoes; null in images of criu before 3.19. The image counts from 0, criu's options from
    /// 1.</summary>
    public CriuNetworkLock? NetworkLock { get; init; }

    /// <summary>The plugins that took part in the dump.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>The dump's own id; criu's nftables lock is the table <c>inet CRIU-</c> and its first 21 characters.</summary>
    public string? DumpRunId { get; init; }

    /// <summary>Reads inventory.img.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Inventory Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Parses the bytes of such a file.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static Inventory Parse(ReadOnlySpan<byte> image, string file)
    {
        var inventory = new Inventory();
        var reader = new ImageEntries(image, ImageMagic.Inventory, file).Single();
        while (reader.Next())
        {
            inventory = reader.Field switch
            {
                1 => inventory with { ImageVersion = reader.AsUInt32() },
                3 => inventory with { RootIds = KernelObjectIds.Parse(reader.AsMessage()) },
                5 => inventory with { RootCgroupSet = reader.AsUInt32() },
                6 => inventory with { Lsm = (LsmType)reader.AsInt32() },
                8 => inventory with { DumpUptime = reader.AsUInt64() },
                10 => inventory with { TcpClose = reader.AsBoolean() },
                11 => inventory with { NetworkLock = (CriuNetworkLock)(reader.AsInt32() + 1L) },
                12 => inventory with { Plugins = ParsePlugins(reader.AsMessage()) },
                13 => inventory with { DumpRunId = reader.AsText() },
                _ => inventory,
            };
        }
        reader.Require("inventory_entry", 1);
        return inventory;
    }

    private static List<string> ParsePlugins(ProtobufReader reader)
    {
        var plugins = new List<string>();
        while (reader.Next())
        {
            if (reader.Field == 12)
                plugins.Add(reader.AsText());
        }
        return plugins;
    }
}
