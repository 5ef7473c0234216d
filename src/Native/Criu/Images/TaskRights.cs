namespace LxcNative.Native.Criu.Images;

/// <summary>What a task of the images may do (core-PID.img): its ids, capabilities, filter, label and limits.</summary>
/// <remarks>Of images/core.proto: 3 tc (8 rlimits), 5 thread_core (10 creds, 11 seccomp_mode); of images/creds.proto: 1 to 8 ids, 9 to 12 capabilities,
/// 15 lsm_profile; of images/rlimit.proto: 1 cur, 2 max.</remarks>
internal sealed record TaskRights
{
    /// <summary>Real, effective, saved and file system's, user and group in turns.</summary>
    public IReadOnlyList<uint> Ids { get; private init; } = [];

    /// <summary>Inheritable, permitted, effective and bounding; bit n for capability n.</summary>
    public IReadOnlyList<ulong> Capabilities { get; private init; } = [];

    /// <summary>0 none, 1 strict, 2 filter.</summary>
    public uint SeccompMode { get; private init; }

    /// <summary>Its label; null for none.</summary>
    public string? Label { get; private init; }

    /// <summary>Its limits (current, maximal) by the kernel's numbers; all ones for no limit.</summary>
    public IReadOnlyList<(ulong Current, ulong Maximal)> Limits { get; private init; } = [];

    /// <summary>Parses the bytes of core-PID.img.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static TaskRights Parse(ReadOnlySpan<byte> image, string file)
    {
        var rights = new TaskRights();
        var reader = new ImageEntries(image, ImageMagic.Core, file).Single();
        while (reader.Next())
            rights = reader.Field switch
            {
                3 => rights with { Limits = ParseLimits(reader.AsMessage()) },
                5 => ParseThread(reader.AsMessage(), rights),
                _ => rights,
            };
        return rights;
    }

    private static List<(ulong, ulong)> ParseLimits(ProtobufReader task)
    {
        var limits = new List<(ulong, ulong)>();
        while (task.Next())
        {
            if (task.Field != 8)
                continue;
            for (var all = task.AsMessage(); all.Next();)
            {
                if (all.Field != 1)
                    continue;
                var (current, maximal) = (0UL, 0UL);
                for (var one = all.AsMessage(); one.Next();)
                    (current, maximal) = one.Field == 1 ? (one.AsUInt64(), maximal) : one.Field == 2 ? (current, one.AsUInt64()) : (current, maximal);
                limits.Add((current, maximal));
            }
        }

        return limits;
    }

    private static TaskRights ParseThread(ProtobufReader thread, TaskRights rights)
    {
        while (thread.Next())
            rights = thread.Field switch
            {
                10 => ParseCredentials(thread.AsMessage(), rights),
                11 => rights with { SeccompMode = thread.AsUInt32() },
                _ => rights,
            };
        return rights;
    }

    private static TaskRights ParseCredentials(ProtobufReader credentials, TaskRights rights)
    {
        var ids = new uint[8];
        List<uint>[] capabilities = [[], [], [], []];
        while (credentials.Next())
            switch (credentials.Field)
            {
                case >= 1 and <= 8:
                    ids[credentials.Field - 1] = credentials.AsUInt32();
                    break;
                case >= 9 and <= 12:
                    credentials.AddUInt32s(capabilities[credentials.Field - 9]);
                    break;
                case 15:
                    rights = rights with { Label = credentials.AsText() };
                    break;
            }

        return rights with { Ids = ids, Capabilities = [.. capabilities.Select(Joined)] };
    }

    // The lower word first.
    private static ulong Joined(List<uint> words) => words.Count == 0 ? 0 : words[0] | (words.Count > 1 ? (ulong)words[1] << 32 : 0);
}
