using LxcNative.Native.Files;
using LxcNative.Orchestrator.Archives.Roots;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Archives;

/// <summary>A root as an archive: GNU tar and python read it, and it comes back with everything.</summary>
public sealed class RootRoundTripTests : IDisposable
{
    private const string Fill = """
        import os, socket, sys
        os.chdir(os.fsencode(sys.argv[1]))
        os.makedirs('etc/x'); open('etc/hosts', 'w').write('127.0.0.1 localhost\n'); os.link('etc/hosts', 'etc/x/second'); os.link('etc/hosts', 'a-first')
        os.symlink('/proc/mounts', 'etc/mtab'); os.symlink('../../../../..', 'etc/up'); os.symlink('x' * 300, 'etc/long'); os.symlink(b'\xff\xfe', b'sym\xff')
        os.mknod('null', 0o20666, os.makedev(1, 3)); os.mknod('disk', 0o60660, os.makedev(259, 70000)); os.mkfifo('pipe', 0o640)
        os.mknod('sock', 0o140711); os.chown('sock', 7, 8)
        open('suid', 'w').write('x'); os.chown('suid', 12, 34); os.chmod('suid', 0o4755)
        open('far', 'w').write('x'); os.chown('far', 4000000000, 3000000)
        f = open('holes', 'wb'); f.truncate(30000000); f.seek(10000000); f.write(b'middle' * 1000); f.seek(20000000); f.write(b'x'); f.close()
        open('empty', 'w').close(); open('hollow', 'w').truncate(5000000)
        os.makedirs(b'n\xff/' + b'd' * 200 + b'/' + b'e' * 200); open(b'n\xff/' + b'd' * 200 + b'/\xe9 \n', 'w').write('odd')
        os.setxattr('suid', 'user.text', b'a\0b\n='); os.setxattr('etc', 'user.bytes', bytes(range(1, 256)))
        os.setxattr('suid', 'security.capability', bytes.fromhex('0100000280000000800000000000000000000000'))
        os.setxattr('etc/x', 'system.posix_acl_default', bytes.fromhex('0200000001000700ffffffff02000500e803000004000500ffffffff10000700ffffffff20000500ffffffff'))
        os.setxattr('far', 'system.posix_acl_access', bytes.fromhex('0200000001000600ffffffff02000400e803000004000400ffffffff10000400ffffffff20000000ffffffff'))
        os.mkdir('sticky'); os.chmod('sticky', 0o1777); os.chmod('.', 0o750); os.chown('.', 5, 6)
        for n, t in ((b'etc/hosts', 10**18 + 123456789), (b'empty', -1500000000), (b'etc', 11 * 10**17 + 1), (b'suid', -10**9)):
            os.utime(n, ns=(t, t))
        """;

    private const string Describe = """
        import os, stat, sys
        os.chdir(os.fsencode(sys.argv[1]))
        inodes = {}
        for d, ds, fs in sorted(os.walk(b'.')):
            for n in [b'.'] + sorted(fs + [x for x in ds if os.path.islink(os.path.join(d, x))]):
                p = os.path.join(d, n); s = os.lstat(p)
                w = [p, oct(s.st_mode), s.st_uid, s.st_gid, s.st_nlink if not stat.S_ISDIR(s.st_mode) else 0, s.st_rdev,
                    inodes.setdefault(s.st_ino, p), s.st_mtime_ns if not stat.S_ISDIR(s.st_mode) or n != b'.' or d in (b'./etc', b'.') else 0]
                w.append(sorted((a, os.getxattr(p, a, follow_symlinks=False)) for a in os.listxattr(p, follow_symlinks=False)))
                if stat.S_ISREG(s.st_mode): w += [s.st_size, s.st_blocks < s.st_size / 1024 if s.st_size > 1000000 else 0, hash(open(p, 'rb').read())]
                if stat.S_ISLNK(s.st_mode): w.append(os.readlink(p))
                print(w)
        """;

    private readonly TemporaryDirectory _place = new();

    public RootRoundTripTests()
    {
        Requirement.Root();
        Requirement.Tool("tar");
        Requirement.Tool("python3");
        Directory.CreateDirectory(_place["source"]);
        Directory.CreateDirectory(_place["root"]);
    }

    public void Dispose()
    {
        // Names that are no text, and paths that are too long, .NET does not remove.
        foreach (var one in (string[])["source", "root"])
            TestProgram.Run("rm", ["-rf", _place[one]]);
        _place.Dispose();
    }

    [Fact]
    public void WhatWasArchivedComesBackWithEverything()
    {
        Python(Fill, _place["source"]);
        var before = Python(Describe, _place["source"]);
        Archive();
        using (var root = FileOpen.DirectoryPlace(_place["root"]))
            RootExtraction.Extract(_place["archive"], root);
        Assert.Equal(before, Python(Describe, _place["root"]));
        var first = File.ReadAllBytes(_place["archive"]);
        Archive();
        Assert.Equal(first, File.ReadAllBytes(_place["archive"]));
    }

    [Fact]
    public void GnuTarReadsIt()
    {
        // Without the socket, which it takes for a file, and ACLs, which it writes in another way.
        Python($"{Fill}\nos.remove('sock'); os.remove('far'); os.removexattr('etc/x', 'system.posix_acl_default')", _place["source"]);
        Archive();
        TestProgram.Run("tar", ["-C", _place["root"], "--xattrs", "--xattrs-include=*", "--numeric-owner", "-xpf", _place["archive"]]);
        Assert.Equal(Python(Describe, _place["source"]), Python(Describe, _place["root"]));
    }

    [Fact]
    public void AFileThatIsChangedMeanwhileIsToldAndNoArchiveComesOfIt()
    {
        File.WriteAllText(_place["source/a"], new string('x', 100));
        using var root = FileOpen.Open(_place["source"], OpenFlags.ReadOnly | OpenFlags.Directory);
        var length = RootStream.Measure(root, look: null, TestContext.Current.CancellationToken);
        File.WriteAllText(_place["source/a"], new string('x', 10_000));
        using var stream = new RootStream(root, length);
        Assert.Contains("changed while the root was read", Assert.Throws<IOException>(() => stream.CopyTo(Stream.Null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileBehindAnExtendedHeaderIsAsLongAsThatSays()
    {
        // As tar writes what is longer than eleven octal digits can say.
        Python("""
            import io, sys, tarfile
            t = tarfile.open(sys.argv[1], 'w', format=tarfile.PAX_FORMAT)
            for n in ('one', 'two'):
                m = tarfile.TarInfo(n); m.size = 1000; m.pax_headers = {'size': '1000'}; t.addfile(m, io.BytesIO(b'y' * 1000))
            t.close()
            d = bytearray(open(sys.argv[1], 'rb').read())
            for at in range(0, len(d), 512):
                if d[at + 257:at + 262] == b'ustar' and d[at + 156:at + 157] == b'0':
                    d[at + 124:at + 135] = b'0' * 11; d[at + 148:at + 156] = b' ' * 8
                    d[at + 148:at + 156] = b'%06o\0 ' % sum(d[at:at + 512])
            open(sys.argv[1], 'wb').write(d)
            """, _place["archive"]);
        using var root = FileOpen.DirectoryPlace(_place["root"]);
        RootExtraction.Extract(_place["archive"], root);
        Assert.Equal((1000, 1000), (new FileInfo(_place["root/one"]).Length, new FileInfo(_place["root/two"]).Length));
    }

    [Fact]
    public void ThePathThatIsTooLongForAnArchiveIsRefused()
    {
        Python("""
            import os, sys
            os.chdir(sys.argv[1])
            for i in range(21):
                os.mkdir('d' * 200); os.chdir('d' * 200)
            """, _place["source"]);
        Assert.Contains("ENAMETOOLONG", Assert.Throws<Native.Errors.SyscallException>(Archive).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotKeptIsRemovedHoweverDeepItIs()
    {
        var depth = (EntryName.Longest / 201) - 1;
        using (var root = NewRoot.Begin(_place["new"]))
        {
            Python($"""
                import os, sys
                os.chdir(sys.argv[1])
                for i in range({depth}):
                    os.mkdir('d' * 200); os.chdir('d' * 200)
                os.symlink('/', 'up'); os.mkdir(b'\xff'); open(b'\xff/\xfe', 'w').close()
                """, $"{Directory.GetDirectories(_place.Path, ".new.*").Single()}/root");
        }

        Assert.Empty(Directory.GetDirectories(_place.Path, ".new*"));
        Assert.False(Directory.Exists(_place["new"]));
    }

    private void Archive()
    {
        using var root = FileOpen.Open(_place["source"], OpenFlags.ReadOnly | OpenFlags.Directory);
        var length = RootStream.Measure(root, look: null, TestContext.Current.CancellationToken);
        using var stream = new RootStream(root, length);
        using var file = File.Create(_place["archive"]);
        stream.CopyTo(file);
        Assert.Equal(length, file.Length);
    }

    private static string Python(string program, params string[] arguments) =>
        TestProgram.Run("env", ["PYTHONHASHSEED=1", "python3", "-c", program, .. arguments]);
}
