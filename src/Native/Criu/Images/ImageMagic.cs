namespace LxcNative.Native.Criu.Images;

/// <summary>The number at the head of an image that says what is in it (criu/include/magic.h).</summary>
internal enum ImageMagic : uint
{
    /// <summary>Unset.</summary>
    None = 0,

    /// <summary>Comes before the type in every image but the inventory.</summary>
    Common = 0x54564319,

    /// <summary>Comes before the type in statistics.</summary>
    Service = 0x55105940,

    /// <summary>inventory.img.</summary>
    Inventory = 0x58313116,

    /// <summary>pstree.img.</summary>
    ProcessTree = 0x50273030,

    /// <summary>core-PID.img.</summary>
    Core = 0x55053847,

    /// <summary>ids-PID.img.</summary>
    Ids = 0x54432030,

    /// <summary>mm-PID.img.</summary>
    AddressSpace = 0x57492820,

    /// <summary>pagemap-PID.img and pagemap-shmem-ID.img.</summary>
    Pagemap = 0x56084025,

    /// <summary>files.img.</summary>
    Files = 0x56303138,

    /// <summary>remap-fpath.img.</summary>
    Remaps = 0x59133954,

    /// <summary>mountpoints-NS.img.</summary>
    Mounts = 0x55563928,

    /// <summary>netdev-NS.img.</summary>
    NetDevices = 0x57373951,

    /// <summary>netns-NS.img.</summary>
    NetNamespace = 0x55933752,

    /// <summary>tty-info.img.</summary>
    TerminalSettings = 0x59453036,

    /// <summary>cgroup.img.</summary>
    Cgroup = 0x59383330,

    /// <summary>stats-dump and stats-restore.</summary>
    Statistics = 0x57093306,
}
