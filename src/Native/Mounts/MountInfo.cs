using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Mounts;

/// <summary>/proc/PID/mountinfo (proc_pid_mountinfo(5)).</summary>
/// <remarks>
/// <code>
/// 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
/// id parent dev root point options optional... -  type source super options
/// </code>
/// </remarks>
public static class MountInfo
{
    /// <summary>The mounts a process sees, in mount order.</summary>
    /// <exception cref="SyscallException">ENOENT, ESRCH or EINVAL: there is no such process, or it is a zombie.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static IReadOnlyList<MountEntry> Read(int pid) => Read($"/proc/{pid}/mountinfo");

    /// <summary>The mounts the calling thread sees, in its own mount namespace.</summary>
    /// <exception cref="SyscallException">ENOENT: /proc is of a pid namespace that the thread is not in.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static IReadOnlyList<MountEntry> ReadSelf() => Read("/proc/thread-self/mountinfo");

    /// <summary>Parses the file's text.</summary>
    /// <exception cref="MalformedProcFileException">A line is not understood.</exception>
    public static IReadOnlyList<MountEntry> Parse(ReadOnlySpan<char> text, string file = "mountinfo")
    {
        var entries = new List<MountEntry>();
        var number = 0;
        // Only at '\n': a path may hold any other line separator as it is.
        foreach (var range in text.Split('\n'))
        {
            number++;
            if (!text[range].IsEmpty)
                entries.Add(ParseLine(new ProcText(file, number, text[range])));
        }

        return entries;
    }

    private static IReadOnlyList<MountEntry> Read(string path) => Parse(KernelFile.ReadText(path), path);

    private static MountEntry ParseLine(ProcText line)
    {
        var rest = line.Line;
        var id = line.Number<int>(Next(line, ref rest), "mount id");
        var parent = line.Number<int>(Next(line, ref rest), "parent id");
        var device = Next(line, ref rest);
        var colon = device.IndexOf(':');
        if (colon < 0)
            throw line.Malformed("the device is not major:minor");
        var major = line.Number<uint>(device[..colon], "major");
        var minor = line.Number<uint>(device[(colon + 1)..], "minor");
        var root = MountEscapes.Decode(Next(line, ref rest));
        var point = MountEscapes.Decode(Next(line, ref rest));
        var options = MountEscapes.Decode(Next(line, ref rest));

        int? shared = null, master = null, from = null;
        var unbindable = false;
        List<string>? others = null;
        for (var field = Next(line, ref rest); field is not "-"; field = Next(line, ref rest))
        {
            if (field.StartsWith("shared:"))
                shared = line.Number<int>(field["shared:".Length..], "shared");
            else if (field.StartsWith("master:"))
                master = line.Number<int>(field["master:".Length..], "master");
            else if (field.StartsWith("propagate_from:"))
                from = line.Number<int>(field["propagate_from:".Length..], "propagate_from");
            else if (field is "unbindable")
                unbindable = true;
            else
                (others ??= []).Add(field.ToString());
        }

        return new MountEntry
        {
            Id = id,
            ParentId = parent,
            Major = major,
            Minor = minor,
            Root = root,
            MountPoint = point,
            Options = options,
            SharedGroup = shared,
            MasterGroup = master,
            PropagateFrom = from,
            Unbindable = unbindable,
            OtherFields = others ?? (IReadOnlyList<string>)[],
            FileSystemType = MountEscapes.Decode(Next(line, ref rest)),
            Source = MountEscapes.Decode(Next(line, ref rest)),
            SuperOptions = rest.ToString(),
        };
    }

    // One field and the single blank after it; an empty field is a field (a source may be empty). The last field ends the line instead.
    private static ReadOnlySpan<char> Next(ProcText line, ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(' ');
        if (end < 0)
            throw line.Malformed("too few fields");
        var field = rest[..end];
        rest = rest[(end + 1)..];
        return field;
    }
}
