using System.Formats.Tar;
using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Archives.Roots;

/// <summary>What a file of an archive has besides its content.</summary>
/// <param name="UserId">Its owner.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="Mode">Its permission bits; null for a symbolic link, which has none.</param>
/// <param name="Modification">When it was written last.</param>
/// <param name="Attributes">Its extended attributes.</param>
internal readonly record struct EntryTraits(
    uint UserId, uint GroupId, uint? Mode, FileTimestamp Modification, IReadOnlyList<(byte[] Name, byte[] Value)> Attributes)
{
    /// <summary>Those of an entry.</summary>
    public static EntryTraits Of(TarEntry entry, TarExtras extras) => new(
        extras.UserId ?? (uint)entry.Uid,
        extras.GroupId ?? (uint)entry.Gid,
        entry.EntryType == TarEntryType.SymbolicLink ? null : (uint)entry.Mode,
        extras.Modification ?? TimeOf(entry),
        extras.Attributes);

    /// <summary>Gives them to a file. Owner first: changing it takes set-user-id bits and capabilities away.</summary>
    /// <exception cref="Native.Errors.SyscallException">A system call failed.</exception>
    public void Set(FileDescriptor directory, ReadOnlySpan<byte> name, byte[] path)
    {
        RawStatus.SetOwner(directory, name, UserId, GroupId, path);
        if (Mode is { } mode)
            RawStatus.SetMode(directory, name, mode, path);
        foreach (var (attribute, value) in Attributes)
            ExtendedAttributes.Set(directory, name, attribute, value, path);
        RawStatus.SetTimes(directory, name, Modification, Modification, path);
    }

    private static FileTimestamp TimeOf(TarEntry entry)
    {
        var ticks = entry.ModificationTime.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        // Rounded down, also before 1970: nanoseconds count upwards.
        var seconds = (long)Math.Floor((decimal)ticks / TimeSpan.TicksPerSecond);
        return new FileTimestamp(seconds, (uint)((ticks - (seconds * TimeSpan.TicksPerSecond)) * TimeSpan.NanosecondsPerTick));
    }
}
