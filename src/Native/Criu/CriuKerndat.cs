using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;

namespace LxcNative.Native.Criu;

/// <summary>What a criu found out about the running kernel (its <c>criu.kdat</c>): a criu that finds it in /run probes nothing.</summary>
/// <remarks>criu keeps it itself where /run is a tmpfs, whose files end with the kernel. Elsewhere it would probe at every start, some 40 ms:
/// there it is found out once per boot, by a criu that sees a tmpfs as its /run, and kept below /run/lxcnative.</remarks>
public sealed class CriuKerndat
{
    private const string FileName = "criu.kdat";
    private const string Kept = PrivateRun.Own + "/kerndat";
    private const string HostPath = PrivateRun.Path + "/" + FileName;
    private readonly byte[] _content;

    private CriuKerndat(byte[] content, bool isOnHost)
    {
        _content = content;
        IsOnHost = isOnHost;
    }

    /// <summary>Whether every criu of the host finds it.</summary>
    public bool IsOnHost { get; }

    /// <summary>Whether criu keeps it by itself on this host.</summary>
    internal static bool IsKeptByCriu => StatFs.Read(PrivateRun.Path).Type == FileSystemMagic.Tmpfs;

    /// <summary>Finds it; where criu does not keep it, has it found out.</summary>
    /// <param name="criuPath">The criu, absolute. Where it keeps the file itself it must have been warmed (<see cref="CriuWorker.Warm"/>): the file
    /// may be another criu's before.</param>
    /// <returns>Null where this criu keeps none.</returns>
    /// <exception cref="SyscallException">A private /run could not be made.</exception>
    /// <exception cref="CriuException">criu does not answer as it should.</exception>
    public static CriuKerndat? Find(string criuPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(criuPath);
        if (IsKeptByCriu && TryRead(HostPath) is { } own)
            return new CriuKerndat(own, isOnHost: true);
        var path = KeptPath(criuPath);
        var content = TryRead(path);
        if (content is null && (content = Probe(criuPath)) is not null)
            Keep(path, content);
        return content is null ? null : new CriuKerndat(content, isOnHost: false);
    }

    /// <summary>It as it was read in another process.</summary>
    public static CriuKerndat FromBytes(byte[] content) => new(content, isOnHost: false);

    /// <summary>Its bytes, for another process.</summary>
    public byte[] ToBytes() => [.. _content];

    /// <summary>Shows it to whatever the calling thread starts from now on: /run becomes a tmpfs with it and everything that was there.</summary>
    /// <remarks>The thread must have a mount namespace of its own, in which neither /run nor what it is mounted on is shared. Everything in
    /// /run/lxcnative stays the host's.</remarks>
    /// <exception cref="SyscallException">A mount failed.</exception>
    public void Show()
    {
        PrivateRun.Make(without: FileName);
        Write(HostPath, _content);
    }

    private static byte[]? Probe(string criuPath) => NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
    {
        Mount.SetPropagation("/", Propagation.Private, recursive: true);
        PrivateRun.Make(without: FileName);
        using var criu = CriuWorker.Start(criuPath);
        criu.Warm();
        return TryRead(HostPath);
    });

    // Another boot may have another kernel, another file is another criu: neither's may ever be taken for this one's.
    private static string KeptPath(string criuPath)
    {
        var file = FileStatus.Read(criuPath);
        var written = File.GetLastWriteTimeUtc(criuPath).Ticks;
        var boot = KernelFile.ReadText("/proc/sys/kernel/random/boot_id").Trim();
        return Path.Combine(Kept, string.Create(CultureInfo.InvariantCulture, $"{boot}.{file.Device.Major:x}.{file.Device.Minor:x}.{file.Inode:x}.{file.Size:x}.{written:x}"));
    }

    private static void Keep(string path, byte[] content)
    {
        Directory.CreateDirectory(Kept, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var boot = Path.GetFileName(path)[..path.AsSpan(Kept.Length + 1).IndexOf('.')];
        foreach (var old in Directory.EnumerateFiles(Kept).Where(file => !Path.GetFileName(file).StartsWith(boot, StringComparison.Ordinal)))
            File.Delete(old);
        var draft = $"{path}.{Environment.ProcessId}";
        Write(draft, content);
        File.Move(draft, path, overwrite: true);
    }

    private static byte[]? TryRead(string path)
    {
        try
        {
            return File.ReadAllBytes(path) is { Length: > 0 } content ? content : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void Write(string path, byte[] content)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        file.Write(content);
    }
}
