using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage;
using LxcNative.Orchestrator.Storage.Transfer;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Storage;

/// <summary>Root file systems that come along with checkpoints: each case is one who means harm, or an archive that is damaged.</summary>
public sealed class RootTransferTests : IDisposable
{
    // Adds a root to an archive.
    private const string Forger = """
        import hashlib, io, sys, tarfile
        archive, case = sys.argv[1:]
        def entry(t, name, data=b'x', **more):
            m = tarfile.TarInfo(name); m.size = len(data)
            for k, v in more.items(): setattr(m, k, v)
            t.addfile(m, io.BytesIO(data) if m.isfile() else None)
        inner = io.BytesIO()
        with tarfile.open(fileobj=inner, mode='w', format=tarfile.PAX_FORMAT) as r:
            entry(r, './', b'', type=tarfile.DIRTYPE, mode=0o755)
            if case == 'through-link': entry(r, 'way', b'', type=tarfile.SYMTYPE, linkname='/tmp'); entry(r, 'way/lxn-escaped')
            if case == 'hard-link': entry(r, 'passwd', b'', type=tarfile.LNKTYPE, linkname='/etc/passwd')
            if case == 'climbing-link': entry(r, 'passwd', b'', type=tarfile.LNKTYPE, linkname='../../../../etc/passwd')
            if case == 'link-by-link': entry(r, 'etc', b'', type=tarfile.SYMTYPE, linkname='/etc')
            if case == 'link-by-link': entry(r, 'p', b'', type=tarfile.LNKTYPE, linkname='etc/passwd')
            if case == 'climbing': entry(r, '../lxn-escaped')
            if case == 'climbing-pax': entry(r, 'ok', pax_headers={'path': 'a/../../lxn-escaped'})
            if case == 'absolute': entry(r, '/tmp/lxn-escaped')
            if case == 'file-for-directory': entry(r, 'd', b'', type=tarfile.DIRTYPE, mode=0o755); entry(r, 'd')
            if case == 'root-as-link': entry(r, './', b'', type=tarfile.SYMTYPE, linkname='/tmp')
            if case == 'strange-type': entry(r, 'x', pax_headers={'LXCNATIVE.type': 'door'})
            entry(r, b'\xff'.decode('utf-8', 'surrogateescape'), b'odd name'); entry(r, 'etc/hosts', b'localhost', uid=7, gid=8, mode=0o600)
        root = inner.getvalue()
        digest = hashlib.sha256(root).hexdigest()
        if case == 'changed': root = root.replace(b'localhost', b'localhosT')
        if case == 'cut': root = root[:1300]; digest = hashlib.sha256(root).hexdigest()
        t = tarfile.open(archive); members = [(m, t.extractfile(m).read() if m.isfile() else b'') for m in t.getmembers()]; t.close()
        with tarfile.open(archive, 'w') as o:
            def add(): entry(o, 'rootfs.tar', root)
            for m, data in members:
                if case == 'before-images' and m.name == 'checkpoint/core-1.img': add()
                o.addfile(m, io.BytesIO(data))
            if case == 'digest-first': entry(o, 'rootfs.tar.sha256', f'{digest}  rootfs.tar\n'.encode())
            if case != 'before-images' and case != 'none': add()
            if case == 'twice': add()
            if case != 'no-digest' and case != 'none': entry(o, 'rootfs.tar.sha256', f'{digest}  rootfs.tar\n'.encode())
            if case == 'two-digests': entry(o, 'rootfs.tar.sha256', f'{digest}  rootfs.tar\n'.encode())
        """;

    private readonly TemporaryDirectory _place = new();

    public RootTransferTests()
    {
        Requirement.Root();
        Requirement.Tool("python3");
        CheckpointExport.Run(SampleCheckpoint.Make(_place["dump"]), _place["one.tar"], ArchiveCompression.None,
            cancellation: TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        TestProgram.Run("rm", ["-rf", _place["roots"]]);
        _place.Dispose();
    }

    [Fact]
    public void ItIsExtractedWhereItIsAskedForAndLeftOtherwise()
    {
        Forge("sound");

        var imported = Import(_place["first"], _place["roots/web"]);

        Assert.Equal((_place["roots/web"], true), (imported.Root, imported.HasRoot));
        var hosts = _place["roots/web/etc/hosts"];
        Assert.Equal(("localhost", (UnixFileMode)0x180), (File.ReadAllText(hosts), File.GetUnixFileMode(hosts)));
        Assert.Equal((UnixFileMode)0x1c0, File.GetUnixFileMode(_place["roots"]));
        Assert.Equal("7 8\nodd name",
            TestProgram.Run("sh", ["-c", $"cd {_place["roots/web"]}; stat -c '%u %g' etc/hosts; cat $(printf '\\377')"]).Trim());
        Assert.Equal([_place["roots/web"]], Directory.GetFileSystemEntries(_place["roots"]));

        var left = Import(_place["second"], root: null);
        Assert.Equal((null, true), (left.Root, left.HasRoot));
        Assert.Contains("is not empty", Refusal("third", _place["roots/web"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("through-link")]
    [InlineData("hard-link")]
    [InlineData("climbing-link")]
    [InlineData("link-by-link")]
    [InlineData("climbing")]
    [InlineData("climbing-pax")]
    [InlineData("absolute")]
    [InlineData("file-for-directory")]
    [InlineData("root-as-link")]
    [InlineData("strange-type")]
    [InlineData("changed")]
    [InlineData("cut")]
    [InlineData("before-images")]
    [InlineData("digest-first")]
    [InlineData("twice")]
    [InlineData("no-digest")]
    [InlineData("two-digests")]
    [InlineData("none")]
    public void WhatMeansHarmIsRefusedAndNothingIsLeft(string harm)
    {
        Forge(harm);
        Refusal("images", _place["roots/web"]);
        Assert.False(Directory.Exists(_place["images"]));
        Assert.Empty(Directory.GetFileSystemEntries(_place["roots"]));
        Assert.False(File.Exists("/tmp/lxn-escaped") || File.Exists(_place["lxn-escaped"]) || File.Exists(_place["roots/lxn-escaped"]));
    }

    [Fact]
    public void APlaceThatOthersCanWriteIsRefused()
    {
        Forge("sound");
        Directory.CreateDirectory(_place["open"]);
        File.SetUnixFileMode(_place["open"], (UnixFileMode)0x1ff);
        Assert.Contains("can be written by others", Refusal("images", _place["open/web"]), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_place["open"]));
    }

    [Fact]
    public void ARootThatIsNotThereIsRefused()
    {
        var refused = Assert.ThrowsAny<RefusedException>(() => CheckpointExport.Run(_place["dump"], _place["two.tar"], ArchiveCompression.None, withRoot: true,
            cancellation: TestContext.Current.CancellationToken));
        Assert.StartsWith("the root of web cannot go with its checkpoint: ", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_place["two.tar"]));
    }

    private void Forge(string harm) => TestProgram.Run("python3", ["-c", Forger, _place["one.tar"], harm]);

    private ImportedCheckpoint Import(string directory, string? root) => CheckpointImport.Run(
        _place["one.tar"], new CheckpointStore(_place["store"]), directory, root, cancellation: TestContext.Current.CancellationToken);

    private string Refusal(string directory, string root) => Assert.ThrowsAny<RefusedException>(() => Import(_place[directory], root)).Message;
}
