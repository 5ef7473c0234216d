using System.Formats.Tar;
using CsCheck;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Archives.Roots;
using LxcNative.Orchestrator.Tests.Parts.Network;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Archives;

/// <summary>Archives by GNU tar, and by hand where they are malicious.</summary>
public sealed class RootExtractionTests : IDisposable
{
    private const string Describe = """
        import os, stat, sys
        os.chdir(sys.argv[1])
        for d, ds, fs in sorted(os.walk('.')):
            for n in ['.'] + sorted(fs + [x for x in ds if os.path.islink(os.path.join(d, x))]):
                p = os.path.join(d, n); s = os.lstat(p)
                w = [p, oct(s.st_mode), s.st_uid, s.st_gid, int(s.st_mtime), s.st_nlink if not stat.S_ISDIR(s.st_mode) else 0, s.st_rdev]
                w.append(sorted((a, os.getxattr(p, a, follow_symlinks=False)) for a in os.listxattr(p, follow_symlinks=False)))
                if stat.S_ISREG(s.st_mode): w += [s.st_size, s.st_blocks < s.st_size / 1024 if s.st_size > 1000000 else 0, hash(open(p, 'rb').read())]
                if stat.S_ISLNK(s.st_mode): w.append(os.readlink(p))
                print(w)
        """;

    private const string Fill = """
        import os, sys
        os.chdir(sys.argv[1])
        os.makedirs('etc/x'); open('etc/hosts', 'w').write('127.0.0.1 localhost\n'); os.link('etc/hosts', 'etc/x/second')
        os.symlink('/proc/mounts', 'etc/mtab'); os.symlink('../../../../..', 'etc/up'); os.symlink('etc', 'conf')
        os.mknod('null', 0o20666, os.makedev(1, 3)); os.mknod('disk', 0o60660, os.makedev(8, 1)); os.mkfifo('pipe', 0o640)
        open('suid', 'w').write('x'); os.chown('suid', 12, 34); os.chmod('suid', 0o4755)
        f = open('holes', 'wb'); f.truncate(30000000); f.seek(10000000); f.write(b'middle' * 1000); f.seek(20000000); f.write(b'x'); f.close()
        f = open('many', 'wb'); [(f.seek(i * 100000), f.write(b'%d' % i)) for i in range(60)]; f.close()
        os.setxattr('suid', 'user.text', b'a'); os.setxattr('etc', 'user.bytes', bytes(range(1, 256)))
        os.setxattr('suid', 'security.capability', bytes.fromhex('0100000280000000800000000000000000000000'))
        os.mkdir('sticky'); os.chmod('sticky', 0o1777); os.utime('etc/hosts', (1e9, 1e9)); os.utime('etc', (1.1e9, 1.1e9))
        """;

    private readonly TemporaryDirectory _place = new();

    public RootExtractionTests()
    {
        Requirement.Root();
        Requirement.Tool("tar");
        Requirement.Tool("python3");
        Directory.CreateDirectory(_place["source"]);
        Directory.CreateDirectory(_place["root"]);
        File.WriteAllText(_place["outside"], "untouched");
    }

    public void Dispose()
    {
        Assert.Equal("untouched", File.ReadAllText(_place["outside"]));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_place.Path).Select(Path.GetFileName), name => name is "evil" or "escaped");
        _place.Dispose();
    }

    [Theory]
    [InlineData("--format=pax --xattrs --sparse --sparse-version=1.0", "")]
    [InlineData("--format=pax --xattrs --sparse --sparse-version=0.1 -z", "")]
    [InlineData("--format=pax --xattrs -J", "xz")]
    [InlineData("--format=pax --xattrs --zstd", "zstd")]
    public void WhatTarPackedComesBackWithEverything(string options, string tool)
    {
        if (tool.Length > 0)
            Requirement.Tool(tool);
        Python(Fill, _place["source"]);
        NamespaceFixture.Execute("sh", ["-ec", $"tar -C {_place["source"]} --xattrs-include='*' {options} -cf {_place["archive"]} ."], null);
        Extract();
        // Without --sparse the holes are zeros, which take room.
        string Look(string path) => Python(Describe, path).Replace(", True, ", options.Contains("sparse") ? ", True, " : ", False, ", StringComparison.Ordinal);
        Assert.Equal(Look(_place["source"]), Look(_place["root"]));
    }

    [Theory]
    [InlineData("--format=gnu --sparse")]
    [InlineData("--format=gnu")]
    [InlineData("--format=ustar -z")]
    public void OlderFormatsComeBackWithWhatTheyHold(string options)
    {
        Python(Fill, _place["source"]);
        NamespaceFixture.Execute("sh", ["-ec", $"tar -C {_place["source"]} {options} -cf {_place["archive"]} ."], null);
        Extract();
        NamespaceFixture.Execute("sh", ["-ec", $"mkdir {_place["oracle"]}; tar -C {_place["oracle"]} --sparse -xpf {_place["archive"]}"], null);
        if (options.Contains("--sparse", StringComparison.Ordinal))
            Assert.Equal(Python(Describe, _place["oracle"]), Python(Describe, _place["root"]));
        NamespaceFixture.Execute("diff", ["-r", "--no-dereference", "-x", "null", "-x", "disk", "-x", "pipe", _place["oracle"], _place["root"]], null);
    }

    [Theory]
    [InlineData("../evil", null, "leads upwards")]
    [InlineData("a/../../evil", null, "leads upwards")]
    [InlineData("/tmp/evil", null, "is absolute")]
    [InlineData("linked", "../outside", "leads upwards")]
    [InlineData("linked", "/etc/passwd", "is absolute")]
    public void WhatLeadsOutIsRefused(string name, string? hardLink, string message)
    {
        Pack(writer =>
        {
            if (hardLink is null)
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream("evil"u8.ToArray()) });
            else
                writer.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, name) { LinkName = hardLink });
        });
        Assert.Contains(message, Assert.Throws<MalformedArchiveException>(Extract).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/")]
    public void NothingIsWrittenThroughALinkThatTheArchiveBrought(string target)
    {
        Pack(writer =>
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "way") { LinkName = target == ".." ? ".." : _place.Path });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "way/escaped") { DataStream = new MemoryStream("evil"u8.ToArray()) });
        });
        Assert.Contains("symbolic link", Assert.Throws<MalformedArchiveException>(Extract).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileInThePlaceOfALinkReplacesTheLink()
    {
        Pack(writer =>
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "file") { LinkName = _place["outside"] });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "file") { DataStream = new MemoryStream("inside"u8.ToArray()) });
        });
        Extract();
        Assert.Equal("inside", File.ReadAllText(_place["root/file"]));
    }

    [Fact]
    public void AttributesCountToo()
    {
        var limits = new ExtractionLimits(1L << 40, 1L << 40);
        for (var i = 0; i < 256; i++)
            limits.CountAttributes(1 << 20);
        Assert.Contains("extended attributes", Assert.Throws<MalformedArchiveException>(() => limits.CountAttributes(1)).Message, StringComparison.Ordinal);
        Assert.Contains("free", Assert.Throws<MalformedArchiveException>(() => new ExtractionLimits(10, 100).CountAttributes(11)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ABombIsRefusedBeforeItFillsTheDisk()
    {
        NamespaceFixture.Execute("sh", ["-ec", $"cd {_place["source"]}; head -c 400M /dev/zero >zeros; tar -czf {_place["archive"]} zeros"], null);
        Assert.Contains("made to fill the disk", Assert.Throws<MalformedArchiveException>(Extract).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedArchivesAreRefusedAndTouchNothingOutside()
    {
        Python(Fill, _place["source"]);
        NamespaceFixture.Execute("sh",
            ["-ec", $"rm {_place["source"]}/holes; tar -C {_place["source"]} --format=pax --xattrs --sparse -cf {_place["archive"]} ."], null);
        var whole = File.ReadAllBytes(_place["archive"]);
        Gen.Select(Gen.Int[0, Math.Min(whole.Length, 20000) - 1], Gen.Byte).Sample(change =>
        {
            File.WriteAllBytes(_place["archive"], [.. whole[..change.Item1], change.Item2, .. whole[(change.Item1 + 1)..]]);
            Tolerate();
        }, iter: 150, threads: 1);
        Gen.Int[0, whole.Length - 1].Sample(length =>
        {
            File.WriteAllBytes(_place["archive"], whole[..length]);
            Tolerate();
        }, iter: 60, threads: 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no archive at all, and it is longer than one block of a tar archive would have to be; ...")]
    public void WhatIsNoArchiveIsRefused(string content)
    {
        File.WriteAllText(_place["archive"], string.Concat(Enumerable.Repeat(content, 20)));
        Assert.Throws<MalformedArchiveException>(Extract);
    }

    [Theory]
    [InlineData('3')]
    [InlineData('4')]
    [InlineData('6')]
    public void ADeviceInTheOldestFormatIsRefused(char type)
    {
        NamespaceFixture.Execute("sh", ["-ec", $"cd {_place["source"]}; echo x >f; tar --format=v7 -cf {_place["archive"]} f"], null);
        var archive = File.ReadAllBytes(_place["archive"]);
        archive[156] = (byte)type;
        archive.AsSpan(148, 8).Fill((byte)' ');
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(archive.Take(512).Sum(one => (int)one), 8).PadLeft(6, '0') + "\0 ", archive.AsSpan(148, 8));
        File.WriteAllBytes(_place["archive"], archive);
        var failure = Record.Exception(Extract);
        Assert.True(failure is MalformedArchiveException || (failure is null && type == '6'), failure?.ToString());
    }

    [Theory]
    [InlineData('L')]
    [InlineData('K')]
    [InlineData('g')]
    [InlineData('x')]
    public void ANameOfHundredsOfMegabytesIsRefusedBeforeItIsRead(char type)
    {
        var header = new byte[512];
        System.Text.Encoding.ASCII.GetBytes("././@LongLink", header);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(600 << 20, 8).PadLeft(11, '0'), header.AsSpan(124));
        header[156] = (byte)type;
        System.Text.Encoding.ASCII.GetBytes("ustar  ", header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(one => (int)one), 8).PadLeft(6, '0') + "\0 ", header.AsSpan(148, 8));
        File.WriteAllBytes(_place["archive"], header);
        var before = GC.GetTotalAllocatedBytes();
        Assert.Throws<MalformedArchiveException>(Extract);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }

    [Fact]
    public void APipeIsNoArchive()
    {
        NamespaceFixture.Execute("mkfifo", [_place["archive"]], null);
        Assert.ThrowsAny<IOException>(Extract);
    }

    private void Tolerate()
    {
        Directory.Delete(_place["root"], recursive: true);
        Directory.CreateDirectory(_place["root"]);
        var failure = Record.Exception(Extract);
        Assert.True(failure is null or MalformedArchiveException or Native.Errors.SyscallException, failure?.ToString());
    }

    private void Extract()
    {
        using var root = FileOpen.DirectoryPlace(_place["root"]);
        RootExtraction.Extract(_place["archive"], root);
    }

    private void Pack(Action<TarWriter> fill)
    {
        using var writer = new TarWriter(File.Create(_place["archive"]));
        fill(writer);
    }

    private static string Python(string program, params string[] arguments) =>
        NamespaceFixture.Execute("env", ["PYTHONHASHSEED=1", "python3", "-", .. arguments], program);
}
