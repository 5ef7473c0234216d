using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>A container may have a FUSE file system of its own whose server never answers: whoever asks the kernel for anything in it waits for ever. No
/// command may ask.</summary>
public sealed class SilentFileSystemTests : IDisposable
{
    // A file system of one directory with one file, whose server answers until processes stand on it, and then no more.
    private const string Program = """
        import ctypes, mmap, os, struct, sys, threading, time
        libc = ctypes.CDLL(None, use_errno=True)
        dev = os.open('/dev/fuse', os.O_RDWR)
        os.makedirs('/silent', exist_ok=True)
        if libc.mount(b'silent', b'/silent', b'fuse', 0, b'fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other' % dev):
            raise OSError(ctypes.get_errno(), 'mount')
        silent = False
        def attributes(node):
            return struct.pack('<QQQQQQIIIIIIIIII', node, 4096, 8, 0, 0, 0, 0, 0, 0, 0o40755 if node == 1 else 0o100755, 1, 0, 0, 0, 4096, 0)
        def answer(unique, error, data=b''):
            os.write(dev, struct.pack('<IiQ', 16 + len(data), error, unique) + data)
        def serve():
            while True:
                request = os.read(dev, 1 << 20)
                length, code, unique, node = struct.unpack_from('<IIQQ', request)
                if silent or code in (2, 36, 42): continue
                if code == 26: answer(unique, 0, struct.pack('<IIIIHHII', 7, 31, 0, 0, 12, 9, 4096, 1) + bytes(36))
                elif code == 1: answer(unique, 0, struct.pack('<QQQQII', 2, 0, 0, 0, 0, 0) + attributes(2))
                elif code == 3: answer(unique, 0, struct.pack('<QII', 0, 0, 0) + attributes(node))
                elif code in (14, 27): answer(unique, 0, struct.pack('<QII', 0, 0, 0))
                elif code == 15: answer(unique, 0, bytes(4096))
                elif code in (18, 29, 25): answer(unique, 0)
                else: answer(unique, -38)
        threading.Thread(target=serve, daemon=True).start()
        # A mount point in it, of a file system that the host has too; and a name that leads into it by a link that was a directory when the file was opened.
        if libc.mount(b'/dev/null', b'/silent/other', None, 4096, None):
            raise OSError(ctypes.get_errno(), 'bind')
        os.mkdir('/plain')
        kept = open('/plain/file', 'w')
        os.unlink('/plain/file')
        os.rmdir('/plain')
        os.symlink('/silent', '/plain')
        watch = libc.inotify_init1(0)
        if libc.inotify_add_watch(watch, b'/silent', 2) < 0:
            raise OSError(ctypes.get_errno(), 'inotify_add_watch')
        ready, told = os.pipe()
        if os.fork() == 0:
            os.close(dev)
            file = os.open('/silent/file', os.O_RDONLY)
            held = mmap.mmap(file, 4096, mmap.MAP_PRIVATE, mmap.PROT_READ)
            held[0]
            os.chdir('/silent')
            os.write(told, b'x')
            time.sleep(9999)
        os.read(ready, 1)
        silent = True
        if os.fork() == 0:
            os.close(dev)
            os.stat('/silent/file')
        open('/ready', 'w').close()
        time.sleep(9999)
        """;

    private readonly LxcContainer _container;
    private readonly TemporaryDirectory _place = new();

    public SilentFileSystemTests()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        _container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            Program = Program,
            Configuration = ["lxc.mount.entry = /dev/fuse dev/fuse none bind,create=file"],
        });
        Wait.For("the file system is silent", () => File.Exists(Path.Combine(_container.RootfsPath, "ready")), TimeSpan.FromSeconds(60));
    }

    public void Dispose()
    {
        _container.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void NoCommandWaitsForIt()
    {
        var pid = $"{_container.InitPid}";
        (int ExitCode, string[] Arguments)[] commands =
        [
            (3, ["check", _container.Name, "--json"]),
            (3, ["check", "--pid", pid]),
            (3, ["checkpoint", _container.Name, "-D", _place["1"]]),
            (0, ["list"]),
            (0, ["ps"]),
            (0, ["lock", "--pid", pid]),
            (0, ["unlock", "--pid", pid]),
            (0, ["exec", _container.Name, "--", "/bin/sh", "-c", "exit 0"]),
        ];
        foreach (var (exitCode, arguments) in commands)
        {
            var result = LxcNativeCommand.Run(arguments, environment: null, TimeSpan.FromSeconds(60));
            Assert.True(result.ExitCode == exitCode, result.ToString());
            if (arguments[0] is "check" or "checkpoint")
                Assert.Contains("LXN072", result.Output + result.Error, StringComparison.Ordinal);
        }
    }
}
