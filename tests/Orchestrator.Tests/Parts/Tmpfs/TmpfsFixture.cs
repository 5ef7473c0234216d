using System.Diagnostics;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Parts.Tmpfs;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Tmpfs;

/// <summary>A mount namespace of a test's own with a tmpfs to be captured and a place for its copy. Python, which shares no code with the
/// library, makes and describes the trees.</summary>
internal sealed class TmpfsFixture
{
    /// <summary>Describes a tree: every name with type, mode, owner, times, size, holes, content, attributes, and the names of one file together.</summary>
    private const string Describe = """
        import os, sys, stat, hashlib
        root = os.fsencode(sys.argv[1])
        groups = {}
        for directory, _, _ in list(os.walk(root)):
            for name in [b'.'] + os.listdir(directory):
                path = os.path.join(directory, name)
                if name == b'.' and os.path.isdir(path) is False: continue
                s = os.lstat(path)
                groups.setdefault(s.st_ino, []).append(os.path.relpath(path, root))
        for directory, _, _ in list(os.walk(root)):
            for name in sorted([b'.'] + os.listdir(directory)):
                path = os.path.join(directory, name)
                s = os.lstat(path)
                if stat.S_ISDIR(s.st_mode) and name != b'.': continue
                what = [os.path.relpath(path, root), oct(s.st_mode), s.st_uid, s.st_gid, s.st_atime_ns, s.st_mtime_ns, s.st_nlink]
                if not stat.S_ISDIR(s.st_mode): what += [s.st_size, s.st_rdev, sorted(groups[s.st_ino])]
                what.append(sorted((n, os.getxattr(path, n, follow_symlinks=False)) for n in os.listxattr(path, follow_symlinks=False)))
                if stat.S_ISLNK(s.st_mode): what.append(os.readlink(path))
                if stat.S_ISREG(s.st_mode):
                    what.append(s.st_blocks)
                    with open(path, 'rb') as f: what.append(hashlib.sha256(f.read()).hexdigest())
                print(what)
        """;

    private TmpfsFixture(string directory) => Path = directory;

    /// <summary>The test's own directory.</summary>
    public string Path { get; }

    /// <summary>The tmpfs to be captured.</summary>
    public string Original => System.IO.Path.Combine(Path, "original");

    /// <summary>Where its copy goes.</summary>
    public string Copy => System.IO.Path.Combine(Path, "copy");

    /// <summary>Runs a test's body on a thread in a mount namespace of its own.</summary>
    public static void Run(Action<TmpfsFixture> body, string options = "size=64m,mode=755")
    {
        Requirement.Root();
        Requirement.Tool("python3");
        using var directory = new TemporaryDirectory();
        NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
        {
            Mount.SetPropagation("/", Propagation.Private, recursive: true);
            var fixture = new TmpfsFixture(directory.Path);
            Directory.CreateDirectory(fixture.Original);
            Directory.CreateDirectory(fixture.Copy);
            Mount.MountFileSystem("tmpfs", "somewhere", fixture.Original, MountFlags.NoAtime, options);
            try
            {
                body(fixture);
            }
            finally
            {
                Mount.Unmount(fixture.Original, UnmountFlags.Detach);
            }
        });
    }

    /// <summary>The mount as mountinfo shows it.</summary>
    public MountEntry Entry(string mountPoint) => MountInfo.ReadSelf().Last(entry => entry.MountPoint == mountPoint);

    /// <summary>Captures the tmpfs.</summary>
    public MemoryStream Capture()
    {
        var image = new MemoryStream();
        using var own = Namespace.OpenSelf(NamespaceKind.Mount);
        using var capture = TmpfsCapture.Open(own, Entry(Original));
        capture.Start(image);
        capture.Complete();
        return new MemoryStream(image.ToArray());
    }

    /// <summary>Restores an image; looking at the copy does not change its access times then.</summary>
    public void Restore(Stream image, string source = "x", string superOptions = "rw")
    {
        TmpfsRestore.MountAt(Copy, source, superOptions, image);
        Mount.Remount(Copy, MountFlags.Bind | MountFlags.NoAtime);
    }

    /// <summary>Takes the copy away. A child that another test has just forked may still hold what was open below it: hence detached.</summary>
    public void UnmountCopy() => Mount.Unmount(Copy, UnmountFlags.Detach);

    /// <summary>Describes a tree.</summary>
    public string Look(string path) => string.Join('\n', Python(Describe, path).Split('\n').Order(StringComparer.Ordinal));

    /// <summary>Runs a Python program.</summary>
    public string Python(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Requirement.Tool("python3"), (IEnumerable<string>)["-", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Original,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(program);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{error.Result}\n{program}");
        return output;
    }
}
