using System.Globalization;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Locking;

/// <summary>What the host knows of a lock: inside of the namespace a container's root can make tables of any name, so what is there says nothing.</summary>
/// <param name="Method">What it is made of.</param>
/// <param name="TableName">The name of its tables.</param>
/// <param name="IsOwned">Whether it ends with its holder.</param>
/// <param name="ProcessId">The holder.</param>
/// <param name="StartTime">When that was started; clock ticks since boot.</param>
/// <param name="Program">What it is called.</param>
internal sealed record LockRecord(NetworkLockMethod Method, string TableName, bool IsOwned, int ProcessId, ulong StartTime, string Program)
{
    private const uint OwnersAlone = 0x180;
    private const int RandomBytes = 8, LongestName = 64, Fields = 6;

    /// <summary>The holder in words.</summary>
    public string Holder => $"process {ProcessId} ({Program})";

    /// <summary>Whether the holder is alive.</summary>
    public bool IsHeld => !new ProcessIdentity(ProcessId, StartTime).HasEnded;

    /// <summary>Whether nobody else is going to put the lock on: its holder is dead, or is this process.</summary>
    public bool IsForgotten => ProcessId == Environment.ProcessId || !IsHeld;

    /// <summary>The lock, without having looked for it.</summary>
    public NetworkLockInfo Info => new(Method, [TableName], OwnerPortId: null, Holder) { EndsWithHolder = IsOwned };

    /// <summary>A name that nobody can have guessed: a table of it cannot be there before the lock is.</summary>
    public static string NewTableName() => LockRuleset.TablePrefix + Convert.ToHexStringLower(Guid.NewGuid().ToByteArray().AsSpan(^RandomBytes..));

    /// <summary>A record of a lock of this process.</summary>
    public static LockRecord Of(NetworkLockMethod method, string tableName, bool isOwned)
    {
        var own = ProcStat.Read(Environment.ProcessId);
        return new LockRecord(method, tableName, isOwned, own.Pid, own.StartTimeTicks, own.Comm);
    }

    /// <summary>Where the record of a namespace is.</summary>
    /// <param name="netns">The namespace; stays the caller's.</param>
    public static string PathOf(FileDescriptor netns)
    {
        var id = NamespaceId.Read(netns);
        return string.Create(CultureInfo.InvariantCulture, $"{RunDirectory.Locks}/{id.Device:x}-{id.Inode}");
    }

    /// <summary>Reads a record; null where there is none, or it is of a holder that took its lock with it.</summary>
    /// <exception cref="LinuxException">It cannot be read.</exception>
    public static LockRecord? Read(string path)
    {
        string text;
        try
        {
            text = KernelFile.ReadText(path);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            return null;
        }

        if (Parse(text) is { } record && (!record.IsOwned || record.IsHeld))
            return record;
        File.Delete(path);
        return null;
    }

    /// <summary>Writes it: from here on the namespace is this lock's.</summary>
    /// <exception cref="NetworkLockHeldException">It is another's.</exception>
    /// <exception cref="LinuxException">It cannot be written.</exception>
    public void Write(string path)
    {
        RunDirectory.Make(RunDirectory.Locks);
        var whole = WriteAside(path);
        try
        {
            // Whoever reads it finds all of it, and no other is replaced, as File.Move would where two come at once.
            if (!HardLink.TryMake(whole, path))
                throw new NetworkLockHeldException((Read(path) ?? this).Info);
        }
        finally
        {
            File.Delete(whole);
        }
    }

    /// <summary>Writes it in the place of that of another process, whose lock this one has taken over.</summary>
    /// <exception cref="LinuxException">It cannot be written.</exception>
    /// <exception cref="IOException">It cannot be put there.</exception>
    public void Replace(string path)
    {
        RunDirectory.Make(RunDirectory.Locks);
        File.Move(WriteAside(path), path, overwrite: true);
    }

    /// <summary>Removes it, where it is this one.</summary>
    public void Remove(string path)
    {
        if (Read(path) is { } there && there.TableName == TableName && there.ProcessId == ProcessId && there.StartTime == StartTime)
            File.Delete(path);
    }

    /// <summary>A record's text; null for none.</summary>
    internal static LockRecord? Parse(string text) => text.TrimEnd('\n').Split('\t') is { Length: Fields } fields
        && Enum.TryParse(fields[0], out NetworkLockMethod method) && Enum.IsDefined(method) && fields[1].Length is > 0 and <= LongestName
        && bool.TryParse(fields[2], out var isOwned)
        && int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
        && ulong.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? new LockRecord(method, fields[1], isOwned, pid, start, fields[5])
            : null;

    private string WriteAside(string path)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{path}.{Guid.NewGuid():N}");
        using var file = FileOpen.Open(aside, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, OwnersAlone);
        FileContent.WriteAt(file, Encoding.UTF8.GetBytes(ToText()), 0, Encoding.UTF8.GetBytes(aside));
        return aside;
    }

    private string ToText() => string.Create(CultureInfo.InvariantCulture,
        $"{Method}\t{TableName}\t{IsOwned}\t{ProcessId}\t{StartTime}\t{Program.Replace('\t', ' ').Replace('\n', ' ')}\n");
}
