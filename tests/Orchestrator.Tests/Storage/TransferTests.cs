using System.Security.Cryptography;
using System.Text.Json;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Storage;
using LxcNative.Orchestrator.Storage.Transfer;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Storage;

/// <summary>Archives of checkpoints: read by python as checkpointctl would, and made by it where they are malicious.</summary>
public sealed class TransferTests : IDisposable
{
    // What checkpointctl looks at, by its sources: it walks the archive, and takes a leading "./" off each name.
    private const string Reader = """
        import io, json, sys, tarfile
        path = sys.argv[1]
        data = open(path, 'rb').read()
        if data[:4] == b'\x28\xb5\x2f\xfd':
            import subprocess; data = subprocess.run(['zstd', '-dcq', path], stdout=subprocess.PIPE, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(data)) as t:
            ms = t.getmembers()
            config, spec = (json.load(t.extractfile(n)) for n in ('config.dump', 'spec.dump'))
            print(json.dumps({
                'names': [m.name for m in ms], 'directory': t.getmember('checkpoint').isdir(),
                'modes': sorted({m.mode for m in ms if m.isfile()}), 'owners': sorted({m.uid for m in ms} | {m.gid for m in ms}),
                'times': sorted({m.mtime for m in ms}), 'size': sum(m.size for m in ms if m.isfile() and m.name.startswith('checkpoint')),
                'config': config, 'spec': spec, 'network': json.load(t.extractfile('network.status')),
                'image': t.extractfile('checkpoint/core-1.img').read().decode()}))
        """;

    // Copies an archive, changed: each case is one who means harm.
    private const string Forger = """
        import copy, io, json, sys, tarfile
        source, target, case = sys.argv[1:]
        t = tarfile.open(source); o = tarfile.open(target, 'w', format=tarfile.PAX_FORMAT)
        def add(name, data=b'x', **more):
            m = tarfile.TarInfo(name); m.size = len(data)
            for k, v in more.items(): setattr(m, k, v)
            o.addfile(m, io.BytesIO(data) if m.isfile() else None)
        def link(name, kind, target): add(name, b'', type=kind, linkname=target)
        for m in t.getmembers():
            data = t.extractfile(m).read() if m.isfile() else b''
            name = m.name
            if name == 'checkpoint/lxcnative.json':
                manifest = json.loads(data); files = manifest['files']
                if case == 'late-manifest': late = data; continue
                if case == 'no-manifest': continue
                if case == 'unhashed': del files[0]['sha256']
                if case == 'null-file': files.append(None)
                if case == 'null-files': manifest['files'] = None
                if case == 'null-container': manifest['container'] = None
                if case == 'twice-listed': files.append(files[0])
                if case == 'climbing-name': files[0]['name'] = '../x.img'
                if case == 'no-image': files[0]['name'] = 'restore.log'
                if case == 'negative': files[0]['size'] = -1
                if case == 'enormous': files[0]['size'] = 1 << 62
                if case == 'future': manifest['created'] = '2999-01-01T00:00:00+00:00'
                if case == 'climbing-container': manifest['container']['name'] = '../../etc'
                if case == 'label': manifest['label'] = 'a/../b'
                if case == 'newer': manifest['version'] = 99
                data = json.dumps(manifest).encode()
                if case == 'no-json': data = b'{'
            if name == 'checkpoint/core-1.img':
                if case == 'changed': data = b'X' + data[1:]
                if case == 'longer': data += b'x'
                if case == 'missing': continue
                if case == 'symlink': link(name, tarfile.SYMTYPE, '/etc/passwd'); continue
                if case == 'hardlink': link(name, tarfile.LNKTYPE, 'checkpoint/lxcnative.json'); continue
                if case == 'device': add(name, b'', type=tarfile.CHRTYPE, devmajor=1, devminor=3); continue
                if case == 'fifo': add(name, b'', type=tarfile.FIFOTYPE); continue
                if case == 'sparse': add('checkpoint/GNUSparseFile.0/core-1.img', data, pax_headers={'GNU.sparse.major': '1', 'GNU.sparse.minor': '0',
                    'GNU.sparse.name': name, 'GNU.sparse.realsize': '99999999'}); continue
            m = copy.copy(m); m.size = len(data); o.addfile(m, io.BytesIO(data))
            if name == 'checkpoint/lxcnative.json' and case == 'manifest-twice': add(name, data)
        if case == 'late-manifest': add('checkpoint/lxcnative.json', late)
        if case == 'image-twice': add('checkpoint/core-1.img', b'12345')
        if case == 'unlisted': add('checkpoint/evil.img')
        if case == 'below': add('checkpoint/a/evil.img')
        if case == 'climbing': add('checkpoint/../../escaped')
        if case == 'absolute': add('/tmp/lxn-escaped')
        if case == 'strange': add('evil')
        if case == 'directory': add('evil/', b'', type=tarfile.DIRTYPE)
        if case == 'long-name': add('checkpoint/' + 'x' * 5000)
        o.close()
        if case == 'cut': d = open(target, 'rb').read(); open(target, 'wb').write(d[:len(d) // 2])
        if case == 'garbage': open(target, 'wb').write(b'no archive' * 1000)
        if case == 'empty': open(target, 'wb').close()
        """;

    private readonly TemporaryDirectory _place = new();
    private readonly CheckpointStore _store;

    public TransferTests()
    {
        Requirement.Root();
        Requirement.Tool("python3");
        Requirement.Tool("zstd");
        _store = new CheckpointStore(_place["store"]);
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public void WhatIsSaidOfAFileNamesIt()
    {
        File.WriteAllText(_place["text"], new string('x', 1024));
        Assert.StartsWith($"{_place["text"]} cannot be imported: ", Refusal(() => Import(_place["text"], _store)), StringComparison.Ordinal);
        Assert.Equal($"there is no file {_place["absent"]}", Refusal(() => Import(_place["absent"], _store)));
        Assert.Equal($"{_place.Path} is no regular file", Refusal(() => Import(_place.Path, _store)));
        var source = Make();
        Assert.StartsWith($"{_place.Path} is a directory", Refusal(() => Export(source, _place.Path)), StringComparison.Ordinal);
        Assert.Equal($"{_place["absent/a"]} cannot be made: there is no directory {_place["absent"]}", Refusal(() => Export(source, _place["absent/a"])));
    }

    [Theory]
    [InlineData(ArchiveCompression.Zstd)]
    [InlineData(ArchiveCompression.Gzip)]
    [InlineData(ArchiveCompression.None)]
    public void AnotherProgramReadsIt(ArchiveCompression compression)
    {
        var exported = Export(Make(), _place["web.tar"], compression);

        Assert.Equal((0x180, exported.Bytes), ((int)File.GetUnixFileMode(exported.File), new FileInfo(exported.File).Length));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(exported.File))), exported.Sha256);
        var read = JsonDocument.Parse(Python(Reader, exported.File)).RootElement;
        Assert.Equal(
            ["config.dump", "spec.dump", "network.status", "stats-dump", "checkpoint", "checkpoint/lxcnative.json", "checkpoint/core-1.img",
                "checkpoint/pages-1.img"],
            read.GetProperty("names").EnumerateArray().Select(name => name.GetString()));
        Assert.True(read.GetProperty("directory").GetBoolean());
        Assert.Equal(("[384]", "[0]", "[1704067200]", "12345"), (Text(read, "modes"), Text(read, "owners"), Text(read, "times"),
            read.GetProperty("image").GetString()));
        var (config, spec) = (read.GetProperty("config"), read.GetProperty("spec"));
        Assert.Equal(("web", "lxc", "/var/lib/lxc/web/rootfs", 64, "2024-01-01T00:00:00+00:00"),
            (config.GetProperty("name").GetString(), config.GetProperty("runtime").GetString(), config.GetProperty("rootfsImageName").GetString(),
                config.GetProperty("id").GetString()!.Length, config.GetProperty("createdTime").GetString()));
        Assert.Equal(("libpod", "/var/lib/lxc/web/rootfs"),
            (spec.GetProperty("annotations").GetProperty("io.container.manager").GetString(), spec.GetProperty("root").GetProperty("path").GetString()));
        Assert.Contains(spec.GetProperty("mounts").EnumerateArray(), mount => mount.GetProperty("destination").GetString() == "/lib"
            && mount.GetProperty("type").GetString() == "bind" && mount.GetProperty("source").GetString() == "/usr/lib");
        Assert.Equal("12:34:56:78:9a:bc", read.GetProperty("network").GetProperty("br0").GetProperty("interfaces").GetProperty("eth0")
            .GetProperty("mac_address").GetString());
    }

    [Theory]
    [InlineData(ArchiveCompression.Zstd)]
    [InlineData(ArchiveCompression.Gzip)]
    [InlineData(ArchiveCompression.None)]
    public void WhatIsImportedIsWhatWasExported(ArchiveCompression compression)
    {
        var source = Make();
        var exported = Export(source, _place["web.tar"], compression);
        Assert.Equal(exported.Sha256, Export(source, _place["again.tar"], compression).Sha256);

        var imported = Import(exported.File, _store);

        Assert.Equal(("web/20240101T000000.000Z", "web", "before"), (imported.Reference, imported.Container, imported.Label));
        Assert.Equal(imported.ImagesDirectory, _store.Find("web/before"));
        var listed = Assert.Single(_store.List());
        Assert.True(listed.IsComplete);
        Assert.Empty(ImagesVerification.Run(imported.ImagesDirectory).Findings);
        foreach (var name in (string[])[CheckpointManifest.FileName, "core-1.img", "pages-1.img"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(source, name)), File.ReadAllBytes(Path.Combine(imported.ImagesDirectory, name)));
        Assert.All(Directory.GetFiles(imported.ImagesDirectory), file => Assert.Equal(0x180, (int)File.GetUnixFileMode(file)));
        Assert.Throws<RefusedException>(() => Import(exported.File, _store));
        CheckpointDeletion.Run(listed);
        Assert.Empty(_store.List());
    }

    [Fact]
    public void HolesOfImagesAreHolesAgain()
    {
        var source = Make(holes: 64 << 20);
        var exported = Export(source, _place["web.tar"]);
        Assert.InRange(exported.Bytes, 1, 1 << 20);

        var imported = Import(exported.File, _store, _place["there"]);

        Assert.Equal((null, _place["there"]), (imported.Reference, imported.ImagesDirectory));
        Assert.Empty(ImagesVerification.Run(imported.ImagesDirectory).Findings);
        Assert.Equal("1", Python("import os, sys; s = os.stat(sys.argv[1]); print(int(s.st_size > 64 << 20 and s.st_blocks * 512 < 1 << 20))",
            _place["there/pages-1.img"]).Trim());
    }

    [Fact]
    public void AnImageThatIsLargerThanTarKnewHasItsSize()
    {
        const long Size = 9L << 30;
        using var head = new HeadStream(Size);
        using (var writer = new ArchiveWriter(head, ArchiveCompression.None, DateTimeOffset.UnixEpoch))
        {
            writer.Add("checkpoint/pages-1.img", new HeadStream(Size));
            writer.Complete();
        }

        File.WriteAllBytes(_place["head"], head.Bytes);

        Assert.Equal($"checkpoint/pages-1.img {Size} 0 384", Python(
            "import sys, tarfile; m = tarfile.TarInfo.frombuf(open(sys.argv[1], 'rb').read(512), 'utf-8', 'strict'); print(m.name, m.size, m.mtime, m.mode)",
            _place["head"]).Trim());
    }

    [Theory]
    [InlineData("late-manifest")]
    [InlineData("no-manifest")]
    [InlineData("manifest-twice")]
    [InlineData("no-json")]
    [InlineData("newer")]
    [InlineData("unhashed")]
    [InlineData("null-file")]
    [InlineData("null-files")]
    [InlineData("null-container")]
    [InlineData("twice-listed")]
    [InlineData("climbing-name")]
    [InlineData("no-image")]
    [InlineData("negative")]
    [InlineData("enormous")]
    [InlineData("future")]
    [InlineData("climbing-container")]
    [InlineData("label")]
    [InlineData("changed")]
    [InlineData("longer")]
    [InlineData("missing")]
    [InlineData("image-twice")]
    [InlineData("unlisted")]
    [InlineData("below")]
    [InlineData("climbing")]
    [InlineData("absolute")]
    [InlineData("strange")]
    [InlineData("directory")]
    [InlineData("symlink")]
    [InlineData("hardlink")]
    [InlineData("device")]
    [InlineData("fifo")]
    [InlineData("sparse")]
    [InlineData("long-name")]
    [InlineData("cut")]
    [InlineData("garbage")]
    [InlineData("empty")]
    public void AForgedOneIsRefusedAndLeavesNothing(string forgery)
    {
        var exported = Export(Make(), _place["web.tar"], ArchiveCompression.None);
        Python(Forger, exported.File, _place["forged.tar"], forgery);

        Assert.ThrowsAny<RefusedException>(() => Import(_place["forged.tar"], _store));

        Assert.Empty(_store.List());
        Assert.False(File.Exists(_place["escaped"]) || File.Exists("/tmp/lxn-escaped"));
        Assert.DoesNotContain(Directory.Exists(_store.Path) ? Directory.EnumerateFiles(_store.Path, "*", SearchOption.AllDirectories) : [], _ => true);
    }

    [Fact]
    public void WhatTheForgerLeavesAsItIsIsImported()
    {
        var exported = Export(Make(), _place["web.tar"], ArchiveCompression.None);
        Python(Forger, exported.File, _place["forged.tar"], "none");

        Assert.Equal("web", Import(_place["forged.tar"], _store).Container);
    }

    [Fact]
    public void ADamagedCheckpointIsNotExported()
    {
        var directory = Make();
        File.WriteAllText(Path.Combine(directory, "core-1.img"), "54321");

        Assert.Contains("core-1.img", Assert.Throws<RefusedException>(() => Export(directory, _place["web.tar"])).Message,
            StringComparison.Ordinal);
        Assert.Equal(["dump"], Directory.EnumerateFileSystemEntries(_place.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void NothingIsOverwritten()
    {
        var directory = Make();
        File.WriteAllText(_place["web.tar"], "precious");

        Assert.Throws<RefusedException>(() => Export(directory, _place["web.tar"]));
        Assert.Throws<RefusedException>(() => Export(directory, _place["absent/web.tar"]));
        Assert.Equal("precious", File.ReadAllText(_place["web.tar"]));
    }

    [Fact]
    public void ADiskThatIsFullLeavesNothing()
    {
        var exported = Export(Make(holes: 64 << 20), _place["web.tar"]);
        Directory.CreateDirectory(_place["small"]);
        TestProgram.Run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", _place["small"]);
        try
        {
            var refusal = Assert.Throws<RefusedException>(() => Import(exported.File, new CheckpointStore(_place["small"])));
            Assert.Contains("is full", refusal.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFiles(_place["small"], "*", SearchOption.AllDirectories));
        }
        finally
        {
            TestProgram.Run("umount", _place["small"]);
        }
    }

    [Fact]
    public void ASignatureGoesAlong()
    {
        var made = Make();
        File.WriteAllBytes(Path.Combine(made, ManifestSignature.FileName), [1, 2, 3]);
        var imported = Import(Export(made, _place["signed.tar"]).File, _store);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(imported.ImagesDirectory, ManifestSignature.FileName)));
    }

    private static ExportedCheckpoint Export(string directory, string file, ArchiveCompression compression = ArchiveCompression.Zstd) =>
        CheckpointExport.Run(directory, file, compression, cancellation: TestContext.Current.CancellationToken);

    private static ImportedCheckpoint Import(string file, CheckpointStore store, string? directory = null) =>
        CheckpointImport.Run(file, store, directory, cancellation: TestContext.Current.CancellationToken);

    private static string Refusal(Action action) => Assert.ThrowsAny<RefusedException>(action).Message;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetRawText();

    private static string Python(string program, params string[] arguments) => TestProgram.Run("python3", ["-c", program, .. arguments]);

    private string Make(int holes = 8192) => SampleCheckpoint.Make(_place["dump"], holes);

    /// <summary>Nothing of some length to read; of what is written it keeps the first header alone.</summary>
    private sealed class HeadStream(long size) : MemoryStream
    {
        private long _written;
        private long _read;

        public byte[] Bytes { get; } = new byte[512];

        public override long Length => size;

        public override long Position { get => _read; set => _read = value; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, size - _read);
            _read += count;
            return count;
        }

        public override void CopyTo(Stream destination, int bufferSize)
        {
            var buffer = new byte[1 << 20];
            for (int count; (count = Read(buffer)) > 0;)
                destination.Write(buffer, 0, count);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_written < Bytes.Length)
                buffer[..(int)Math.Min(buffer.Length, Bytes.Length - _written)].CopyTo(Bytes.AsSpan((int)_written));
            _written += buffer.Length;
        }
    }
}
