using LxcNative.Native.Errors;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;

namespace LxcNative.Native.Criu;

/// <summary>What a criu found out about the running kernel (its <c>criu.kdat</c>): a criu that finds it in /run probes nothing.</summary>
/// <remarks>criu keeps it itself where /run is a tmpfs, whose files end with the kernel. Elsewhere it would probe at every start, some 40 ms:
/// there it is found out once per boot, by a criu that sees a tmpfs as its /run, and kept in the caller's directory.</remarks>
internal sealed class CriuKerndat
{
    private const string FileName = "criu.kdat";
    private const string Record = "kdat";

    // Behind two magic numbers, a device, the last capability and the number of the page of zeros.
    private const int DirtyTracking = 32;
    private const string HostPath = PrivateRun.Path + "/" + FileName;
    private readonly byte[] _content;
    private readonly string? _runDirectory;

    private CriuKerndat(byte[] content, bool isOnHost, string? runDirectory)
    {
        _content = content;
        _runDirectory = runDirectory;
        IsOnHost = isOnHost;
    }

    /// <summary>Whether every criu of the host finds it.</summary>
    public bool IsOnHost { get; }

    /// <summary>Whether criu keeps it by itself on this host.</summary>
    internal static bool IsKeptByCriu => StatFs.Read(PrivateRun.Path).Type == FileSystemMagic.Tmpfs;

    /// <summary>Finds it; has it found out where this criu was not asked in this boot, or another one has left its own.</summary>
    /// <param name="installation">The criu.</param>
    /// <returns>Null where this criu keeps none.</returns>
    /// <exception cref="SyscallException">A private /run could not be made.</exception>
    /// <exception cref="CriuException">criu does not answer as it should.</exception>
    public static CriuKerndat? Find(CriuInstallation installation)
    {
        ArgumentNullException.ThrowIfNull(installation);
        var isOnHost = IsKeptByCriu;
        var (criuPath, runDirectory) = (installation.CriuPath, installation.RunDirectory);
        var kept = CriuRecord.TryRead(runDirectory, criuPath, Record);
        if (kept is not null && (!isOnHost || CriuRecord.TryReadFile(HostPath).AsSpan().SequenceEqual(kept)))
            return new CriuKerndat(kept, isOnHost, runDirectory);
        if ((isOnHost ? Probe(criuPath) : ProbeInPrivateRun(criuPath)) is not { } found)
            return null;
        _ = CriuRecord.TryKeep(runDirectory, criuPath, Record, found);
        return new CriuKerndat(found, isOnHost, runDirectory);
    }

    /// <summary>It as it was read in another process.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="runDirectory">The caller's own directory below /run (<see cref="CriuSearch.RunDirectory"/>).</param>
    public static CriuKerndat FromBytes(byte[] content, string? runDirectory = null) => new(content, isOnHost: false, runDirectory);

    /// <summary>The same, saying that this kernel notes which pages are written to: a criu that is told so leaves out what earlier images have
    /// (<see cref="Images.ParentImages"/>), by notes that are empty where the kernel has none.</summary>
    /// <returns>Null where the place of that is not known (struct kerndat_s, criu/include/kerndat.h: the same since criu 3.9).</returns>
    public CriuKerndat? WithDirtyTracking()
    {
        if (_content.Length <= DirtyTracking || _content[DirtyTracking] > 1)
            return null;
        var content = ToBytes();
        content[DirtyTracking] = 1;
        return new CriuKerndat(content, isOnHost: false, _runDirectory);
    }

    /// <summary>Its bytes, for another process.</summary>
    public byte[] ToBytes() => [.. _content];

    /// <summary>Shows it to whatever the calling thread starts from now on: /run becomes a tmpfs with it and everything that was there.</summary>
    /// <remarks>The thread must have a mount namespace of its own, in which neither /run nor what it is mounted on is shared. Everything in
    /// the caller's own directory stays the host's.</remarks>
    /// <exception cref="SyscallException">A mount failed.</exception>
    public void Show()
    {
        PrivateRun.Make(without: FileName, shared: _runDirectory);
        CriuRecord.WriteFile(HostPath, _content);
    }

    private static byte[]? ProbeInPrivateRun(string criuPath) => NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
    {
        Mount.SetPropagation("/", Propagation.Private, recursive: true);
        PrivateRun.Make(without: FileName, shared: null);
        return Probe(criuPath);
    });

    private static byte[]? Probe(string criuPath)
    {
        using var criu = CriuWorker.Start(criuPath);
        criu.Warm();
        return CriuRecord.TryReadFile(HostPath);
    }
}
