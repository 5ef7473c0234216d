using LxcNative.EndToEnd.Tests.Fixtures;
using LxcNative.Testing;

namespace LxcNative.EndToEnd.Tests.Store;

/// <summary>A checkpoint that took its container's root along, where nothing of the container is left: it is restored.</summary>
public sealed class RootTransferTests : IDisposable
{
    // What tar and cp lose unless they are told, or even then.
    private const string Fill = """
        import os, sys
        os.chdir(sys.argv[1])
        os.makedirs('srv/data'); open('srv/data/one', 'w').write('one'); os.link('srv/data/one', 'srv/two'); os.chown('srv/two', 1234, 4321)
        os.symlink('/../../etc/shadow', 'srv/out'); os.mkfifo('srv/pipe'); os.mknod('srv/null', 0o20666, os.makedev(1, 3)); os.mknod('srv/sock', 0o140600)
        open('srv/cap', 'w').write('x'); os.chmod('srv/cap', 0o4755)
        os.setxattr('srv/cap', 'security.capability', bytes.fromhex('0100000280000000800000000000000000000000'))
        os.setxattr('srv/data', 'system.posix_acl_default', bytes.fromhex('0200000001000700ffffffff02000500e803000004000500ffffffff10000700ffffffff20000500ffffffff'))
        f = open('srv/holes', 'wb'); f.truncate(1 << 30); f.seek(1 << 29); f.write(b'middle'); f.close()
        open(b'srv/n\xff', 'w').close()
        """;

    private const string Describe = """
        import os, stat, sys, hashlib
        os.chdir(os.fsencode(sys.argv[1])); inodes = {}
        for d, ds, fs in os.walk(b'.'):
            ds.sort()
            for n in [b'.'] + sorted(fs + [x for x in ds if os.path.islink(os.path.join(d, x))]):
                p = os.path.join(d, n); s = os.lstat(p)
                w = [p, oct(s.st_mode), s.st_uid, s.st_gid, s.st_rdev, inodes.setdefault(s.st_ino, p), s.st_mtime_ns if p != b'./.' else 0]
                w.append(sorted((a, os.getxattr(p, a, follow_symlinks=False)) for a in os.listxattr(p, follow_symlinks=False)))
                if stat.S_ISREG(s.st_mode): w += [s.st_size, hashlib.sha256(open(p, 'rb').read()).hexdigest() if s.st_size < 1 << 29 else s.st_blocks]
                if stat.S_ISLNK(s.st_mode): w.append(os.readlink(p))
                print(w)
        """;

    private readonly TemporaryDirectory _place = new();
    private readonly LxcContainer _container;

    public RootTransferTests()
    {
        Requirement.LxcNative();
        Requirement.Python();
        _container = LxcContainer.StartOnBridge(new LxcContainerOptions { HasOnlyItsRoot = true });
        Command.Output("python3", "-c", Fill, _container.RootfsPath);
    }

    public void Dispose()
    {
        // Names that are no text .NET does not remove.
        Command.Output("rm", "-rf", Path.Combine(_container.RootfsPath, "srv"), _place["there/web/srv"]);
        _container.Dispose();
        _place.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AContainerComesBackWhereItsRootNeverWas(bool byRegistry)
    {
        using var registry = byRegistry ? Registry() : null;
        using var payload = _container.ConnectPayload();
        payload.RequireGoingOn();
        Run("checkpoint", _container.Name, "--rehearse", "never", "-D", _place["dump"]);
        var before = Command.Output("python3", "-c", Describe, _container.RootfsPath);
        var image = $"{registry?.Name}/web:root";
        var sent = byRegistry ? Run("push", "-D", _place["dump"], image, "--rootfs", "--plain-http")
            : Run("export", "-D", _place["dump"], _place["one.tar"], "--rootfs");
        Assert.DoesNotContain("changed since", sent.Error, StringComparison.Ordinal);
        Assert.InRange(byRegistry ? 0 : new FileInfo(_place["one.tar"]).Length, 0, 64 << 20);
        // Nothing of it is left here.
        Command.Output("rm", "-rf", _container.ContainerDirectory, _place["dump"]);

        string[] to = ["-D", _place["images"], "--root", _place["there/web"]];
        Run(byRegistry ? ["pull", image, "--plain-http", .. to] : ["import", _place["one.tar"], .. to]);
        Assert.Equal(before, Command.Output("python3", "-c", Describe, _place["there/web"]));
        Assert.Equal((UnixFileMode)0x1c0, File.GetUnixFileMode(_place["there"]));
        var refused = LxcNativeCommand.Run("restore", "-D", _place["images"]);
        Assert.Contains("--root", refused.Error + refused.Output, StringComparison.Ordinal);
        var restored = Run("restore", "-D", _place["images"], "--root", _place["there/web"]);
        _container.Adopt(int.Parse(restored.Output));
        payload.RequireGoingOn();
        Assert.Equal("one", Command.Output("cat", $"/proc/{_container.InitPid}/root/srv/two"));
    }

    [Fact]
    public void ARootThatIsWrittenIsRefusedAndOneThatWasIsTold()
    {
        using var payload = _container.ConnectPayload();
        Run("checkpoint", _container.Name, "--rehearse", "never", "--leave-running", "-D", _place["dump"]);
        var refused = LxcNativeCommand.Run("export", "-D", _place["dump"], _place["one.tar"], "--rootfs");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("is running", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_place["one.tar"]));
        payload.RequireGoingOn();
        _container.Stop();

        File.WriteAllText(Path.Combine(_container.RootfsPath, "srv/later"), "later");
        var told = LxcNativeCommand.Run("export", "-D", _place["dump"], _place["one.tar"], "--rootfs");
        Assert.True(told.ExitCode == 0, told.Error);
        Assert.Contains("were changed since the checkpoint", told.Error, StringComparison.Ordinal);
        // What it had open is what a restore looks at: no archive comes of a root that none could use.
        File.AppendAllText(Path.Combine(_container.RootfsPath, "bin/payload"), "x");
        var unfit = LxcNativeCommand.Run("export", "-D", _place["dump"], _place["two.tar"], "--rootfs");
        Assert.Equal(3, unfit.ExitCode);
        Assert.Contains("/bin/payload", unfit.Error, StringComparison.Ordinal);
    }

    private static DockerRegistry Registry()
    {
        Requirement.Registry();
        return new DockerRegistry();
    }

    private static LxcNativeResult Run(params string[] arguments) => LxcNativeCommand.Run(arguments).OrThrow();
}
