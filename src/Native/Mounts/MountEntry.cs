namespace LxcNative.Native.Mounts;

/// <summary>One line of /proc/PID/mountinfo (proc_pid_mountinfo(5)), escapes undone.</summary>
public sealed record MountEntry
{
    /// <summary>The mount's id: unique while it exists.</summary>
    public required int Id { get; init; }

    /// <summary>The mount it is mounted on; itself or one that is not listed for the root.</summary>
    public required int ParentId { get; init; }

    /// <summary>Major number of st_dev of its files.</summary>
    public required uint Major { get; init; }

    /// <summary>Minor number of st_dev of its files.</summary>
    public required uint Minor { get; init; }

    /// <summary>The directory of the file system that is mounted: "/" for the whole.</summary>
    public required string Root { get; init; }

    /// <summary>Where it is mounted, relative to the process's root.</summary>
    public required string MountPoint { get; init; }

    /// <summary>Per-mount options, separated by commas.</summary>
    public required string Options { get; init; }

    /// <summary>The peer group it is shared in; null when it is not shared.</summary>
    public int? SharedGroup { get; init; }

    /// <summary>The peer group it is a slave of; null when it is none.</summary>
    public int? MasterGroup { get; init; }

    /// <summary>The nearest dominant peer group under the process's root; only with <see cref="MasterGroup"/>.</summary>
    public int? PropagateFrom { get; init; }

    /// <summary>Whether it cannot be bind mounted.</summary>
    public bool Unbindable { get; init; }

    /// <summary>Optional fields that this library does not know, as they stand.</summary>
    public IReadOnlyList<string> OtherFields { get; init; } = [];

    /// <summary>The file system's type, with its subtype: <c>fuse.lxcfs</c>.</summary>
    public required string FileSystemType { get; init; }

    /// <summary>What is mounted, in the file system's terms; may be empty.</summary>
    public required string Source { get; init; }

    /// <summary>Options of the superblock, separated by commas, escapes left in: a comma inside a value stays distinct.</summary>
    public required string SuperOptions { get; init; }

    /// <summary>Whether the mount itself is read-only.</summary>
    public bool IsReadOnly => HasOption("ro");

    /// <summary>Whether <see cref="Options"/> holds this option.</summary>
    public bool HasOption(string option) => Has(Options, option);

    /// <summary>Whether <see cref="SuperOptions"/> holds this option: a name, or name=value in its decoded form.</summary>
    public bool HasSuperOption(string option) => Has(SuperOptions, option);

    /// <summary>The value of a superblock option, decoded; null when it is absent or has no value.</summary>
    public string? SuperOptionValue(string name)
    {
        foreach (var range in SuperOptions.AsSpan().Split(','))
        {
            var option = SuperOptions.AsSpan(range);
            if (option.StartsWith(name) && option.Length > name.Length && option[name.Length] == '=')
                return MountEscapes.Decode(option[(name.Length + 1)..]);
        }

        return null;
    }

    private static bool Has(string options, string option)
    {
        foreach (var range in options.AsSpan().Split(','))
        {
            if (MountEscapes.Decode(options.AsSpan(range)) == option)
                return true;
        }

        return false;
    }
}
