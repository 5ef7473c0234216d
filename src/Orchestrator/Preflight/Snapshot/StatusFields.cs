using System.Buffers.Text;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>The few lines of /proc/PID/status that rules look at, taken from the bytes without a string for each line.</summary>
internal struct StatusFields
{
    public char State;
    public int TracerPid;
    public int Threads;

    /// <summary>The pid in the innermost pid namespace, and how many namespaces it has.</summary>
    public int PidInside;

    /// <summary>How many pid namespaces the process is in, from that of /proc inwards.</summary>
    public int PidNamespaceDepth;

    /// <summary>The session in the innermost pid namespace; 0 where its leader is outside.</summary>
    public int SessionInside;

    /// <summary>Whether every user and group id is 0.</summary>
    public bool IsRoot;
    public uint UserId;
    public uint GroupId;

    /// <summary>Signals pending for the thread or the process; bit n-1 for signal n.</summary>
    public ulong Pending;
    public bool HasShadowStack;

    /// <summary>Its anonymous and shared resident memory, which no file backs; threads have the same.</summary>
    public long UnbackedBytes;

    /// <summary>How often it has been taken from its processor: a number that stays says that it has not run.</summary>
    public long Switches;

    /// <summary>Takes them from the file's text. A line that is missing leaves its field 0: kernels differ in what they show.</summary>
    public static StatusFields Parse(ReadOnlySpan<byte> text)
    {
        var fields = new StatusFields { IsRoot = true };
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            var colon = line.IndexOf((byte)':');
            if (colon > 0)
                fields.Take(line[..colon], line[(colon + 1)..].TrimStart(" \t"u8));
        }

        return fields;
    }

    private void Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("State"u8))
            State = value.IsEmpty ? '?' : (char)value[0];
        else if (key.SequenceEqual("TracerPid"u8))
            TracerPid = Number(value);
        else if (key.SequenceEqual("Uid"u8))
            TakeIds(value, out UserId);
        else if (key.SequenceEqual("Gid"u8))
            TakeIds(value, out GroupId);
        else if (key.SequenceEqual("NSpid"u8))
            (PidInside, PidNamespaceDepth) = Last(value);
        else if (key.SequenceEqual("NSsid"u8))
            (SessionInside, _) = Last(value);
        else if (key.SequenceEqual("Threads"u8))
            Threads = Number(value);
        else if (key.SequenceEqual("SigPnd"u8) || key.SequenceEqual("ShdPnd"u8))
            Pending |= Utf8Parser.TryParse(value, out ulong mask, out _, 'x') ? mask : 0;
        else if (key.SequenceEqual("RssAnon"u8) || key.SequenceEqual("RssShmem"u8) || key.SequenceEqual("VmSwap"u8))
            UnbackedBytes += Utf8Parser.TryParse(value, out long kibibytes, out _) ? kibibytes << 10 : 0;
        else if (key.SequenceEqual("voluntary_ctxt_switches"u8) || key.SequenceEqual("nonvoluntary_ctxt_switches"u8))
            Switches += Utf8Parser.TryParse(value, out long switches, out _) ? switches : 0;
        else if (key.SequenceEqual("x86_Thread_features"u8))
            HasShadowStack = value.IndexOf("shstk"u8) >= 0;
    }

    // Real, effective, saved and file system id: the kernel compares the first three with the caller's (prlimit(2)).
    private void TakeIds(ReadOnlySpan<byte> value, out uint effective)
    {
        effective = 0;
        var index = 0;
        foreach (var range in value.SplitAny("\t "u8))
        {
            if (!Utf8Parser.TryParse(value[range], out uint id, out _))
                continue;
            if (index == 1)
                effective = id;
            if (index++ < 3 && id != 0)
                IsRoot = false;
        }
    }

    private static (int Value, int Count) Last(ReadOnlySpan<byte> value)
    {
        var (last, count) = (0, 0);
        foreach (var range in value.SplitAny("\t "u8))
        {
            if (Utf8Parser.TryParse(value[range], out int number, out _))
                (last, count) = (number, count + 1);
        }

        return (last, count);
    }

    private static int Number(ReadOnlySpan<byte> value) => Utf8Parser.TryParse(value, out int number, out _) ? number : 0;
}
