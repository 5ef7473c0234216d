namespace LxcNative.Native.Criu.Images;

/// <summary>A task or thread of the images (core-PID.img, images/core.proto), without its registers.</summary>
internal sealed record CoreImage
{
    /// <summary>The thread's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the task was doing.</summary>
    public CoreTaskState State { get; init; }

    /// <summary>A zombie's wait status.</summary>
    public uint ExitCode { get; init; }

    /// <summary>The signal it gets when the thread that made it ends; 0 for none. LXC's init has 9.</summary>
    public uint ParentDeathSignal { get; init; }

    /// <summary>0 none, 1 strict, 2 filter.</summary>
    public uint SeccompMode { get; init; }

    /// <summary>Its set of cgroups in cgroup.img.</summary>
    public uint? CgroupSet { get; init; }

    /// <summary>What it shares with others; null in a thread's image.</summary>
    public KernelObjectIds? Ids { get; init; }

    /// <summary>Reads core-PID.img.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CoreImage Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Parses the bytes of such a file.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static CoreImage Parse(ReadOnlySpan<byte> image, string file)
    {
        var core = new CoreImage();
        var reader = new ImageEntries(image, ImageMagic.Core, file).Single();
        while (reader.Next())
        {
            core = reader.Field switch
            {
                3 => ParseTask(reader.AsMessage(), core),
                4 => core with { Ids = KernelObjectIds.Parse(reader.AsMessage()) },
                5 => ParseThread(reader.AsMessage(), core),
                _ => core,
            };
        }
        reader.Require("core_entry", 1);
        return core;
    }

    private static CoreImage ParseTask(ProtobufReader reader, CoreImage core)
    {
        while (reader.Next())
        {
            core = reader.Field switch
            {
                1 => core with { State = (CoreTaskState)reader.AsInt32() },
                2 => core with { ExitCode = reader.AsUInt32() },
                6 => core with { Name = core.Name.Length == 0 ? reader.AsText() : core.Name },
                9 => core with { CgroupSet = core.CgroupSet ?? reader.AsUInt32() },
                _ => core,
            };
        }
        reader.Require("task_core_entry", 1, 2, 6);
        return core;
    }

    // A thread's own name and cgroups; the task's are there for criu before 3.18.
    private static CoreImage ParseThread(ProtobufReader reader, CoreImage core)
    {
        while (reader.Next())
        {
            core = reader.Field switch
            {
                8 => core with { ParentDeathSignal = reader.AsUInt32() },
                11 => core with { SeccompMode = reader.AsUInt32() },
                13 => core with { Name = reader.AsText() },
                16 => core with { CgroupSet = reader.AsUInt32() },
                _ => core,
            };
        }
        return core;
    }
}
