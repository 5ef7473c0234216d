using System.Globalization;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using LxcNative.Bench.Live;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Parts.Tmpfs;

namespace LxcNative.Bench.Pieces;

/// <summary>A tmpfs captured to a file and filled from it: in-process against tar, uncompressed (criu has it compress, which takes longer).</summary>
[Piece]
public class TmpfsBenchmarks
{
    private readonly string _place = Directory.CreateTempSubdirectory("lxn-bench-").FullName;
    private FileDescriptor _mounts = null!;
    private MountEntry _mount = null!;

    [Params("empty", "20 x 4 KiB", "1000 x 4 KiB", "64 x 1 MiB")]
    public string Content { get; set; } = "";

    private string Source => $"{_place}/source";

    private string Target => $"{_place}/target";

    private string Image => $"{_place}/image";

    [GlobalSetup]
    public void Prepare()
    {
        _mounts = NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
        {
            Mount.SetPropagation("/", Propagation.Private, recursive: true);
            foreach (var point in (string[])[Source, Target])
                Mount.MountFileSystem("tmpfs", "bench", Directory.CreateDirectory(point).FullName, MountFlags.None, "size=1g");
            Fill();
            _mount = MountInfo.ReadSelf().First(entry => entry.MountPoint == Source);
            return Namespace.OpenSelf(NamespaceKind.Mount);
        });
        CaptureByTar();
        Capture();
    }

    [GlobalCleanup]
    public void Clean()
    {
        _mounts.Dispose();
        Directory.Delete(_place, recursive: true);
    }

    [Benchmark]
    public void Capture()
    {
        using var capture = TmpfsCapture.Open(_mounts, _mount);
        capture.Start(new FileStream(Image, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024));
        capture.Complete();
    }

    [Benchmark]
    public void CaptureByTar() => NamespaceThread.Run(
        () => Tool.Run("tar", $"--create --file {_place}/tar --one-file-system --sparse --numeric-owner --xattrs --acls --directory {Source} ."), _mounts);

    [Benchmark]
    public void Restore() => NamespaceThread.Run(() =>
    {
        Empty();
        using var image = File.OpenRead(Image);
        using var root = FileOpen.DirectoryPlace(Target);
        TmpfsRestore.Extract(root, image);
    }, _mounts);

    [Benchmark]
    public void RestoreByTar() => NamespaceThread.Run(() =>
    {
        Empty();
        Tool.Run("tar", $"--extract --file {_place}/tar --numeric-owner --xattrs --acls --same-permissions --directory {Target}");
    }, _mounts);

    // A new tmpfs instead of many removals.
    private void Empty()
    {
        Mount.Unmount(Target);
        Mount.MountFileSystem("tmpfs", "bench", Target, MountFlags.None, "size=1g");
    }

    private void Fill()
    {
        if (Content.Split(" x ") is not [var count, var size])
            return;
        var bytes = RandomNumberGenerator.GetBytes(int.Parse(size.Split(' ')[0],
            CultureInfo.InvariantCulture) << (size.EndsWith("MiB", StringComparison.Ordinal) ? 20 : 10));
        for (var i = 0; i < int.Parse(count, CultureInfo.InvariantCulture); i++)
            File.WriteAllBytes($"{Source}/{i}", bytes);
    }
}
