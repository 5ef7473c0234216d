using CsCheck;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Parts.Tmpfs;
using LxcNative.Orchestrator.Parts.Tmpfs.Format;

namespace LxcNative.Orchestrator.Tests.Parts.Tmpfs;

public sealed class TmpfsCaptureTests
{
    private const string Everything = """
        import os, socket, struct
        os.mkdir('dir', 0o2751); os.mkdir('dir/sub'); os.mkdir(b'odd \xff\xfe name')
        open('plain', 'w').write('text'); os.chmod('plain', 0o6755); os.chown('plain', 1000, 1001); os.chmod('plain', 0o6755)
        open('empty', 'w'); os.link('plain', 'dir/second'); os.link('plain', 'third')
        os.symlink('/nowhere/at/all', 'link'); os.lchown('link', 7, 8); os.link('link', 'dir/link-again', follow_symlinks=False)
        os.mkfifo('fifo', 0o620); os.mknod('null', 0o20666, os.makedev(1, 3)); os.mknod('disk', 0o60640, os.makedev(259, 70000))
        s = socket.socket(socket.AF_UNIX); s.bind('socket'); os.chmod('socket', 0o711)
        f = open('sparse', 'wb'); f.seek(3 << 20); f.write(b'x' * 5000); f.truncate(9 << 20); f.close()
        f = open('large', 'wb'); f.write(os.urandom(3000000)); f.close()
        os.setxattr('plain', 'trusted.one', b'\x00\x01two'); os.setxattr('dir', 'security.other', b'value'); os.setxattr('link', 'trusted.of-a-link', b'yes', follow_symlinks=False)
        os.setxattr('empty', 'system.posix_acl_access', struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *e) for e in [(1, 6, 0xffffffff), (2, 4, 1234), (4, 4, 0xffffffff), (16, 6, 0xffffffff), (32, 0, 0xffffffff)]))
        os.setxattr('dir', 'system.posix_acl_default', struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *e) for e in [(1, 7, 0xffffffff), (4, 5, 0xffffffff), (32, 0, 0xffffffff)]))
        os.setxattr('large', 'security.capability', bytes.fromhex('0100000200200000000000000000000000000000'))
        for n, t in [('plain', 1), ('dir/sub', 2), ('link', 3), ('fifo', -4), ('dir', 5), ('.', 6)]: os.utime(n, ns=(t * 1111111111, t * 2222222223), follow_symlinks=False)
        os.chmod('dir/sub', 0)
        """;

    [Fact]
    public void EveryKindOfFileComesBackAsItWas() => TmpfsFixture.Run(fixture =>
    {
        fixture.Python(Everything);
        var before = fixture.Look(fixture.Original);
        var entry = fixture.Entry(fixture.Original);
        fixture.Restore(fixture.Capture(), entry.Source, entry.SuperOptions);
        Assert.Equal(before, fixture.Look(fixture.Copy));
        Assert.Equal(before, fixture.Look(fixture.Original));
        var copy = fixture.Entry(fixture.Copy);
        Assert.Equal((entry.SuperOptions, entry.Source, entry.FileSystemType), (copy.SuperOptions, copy.Source, copy.FileSystemType));
        fixture.UnmountCopy();
    }, "size=20m,nr_inodes=333,mode=1751,uid=5,gid=6");

    [Fact]
    public void WhatIsBelowAnotherMountIsCapturedAndTheOtherMountIsNot() => TmpfsFixture.Run(fixture =>
    {
        fixture.Python("import os; os.mkdir('point'); open('point/below', 'w').write('below'); os.mkdir('point/deeper')");
        var before = fixture.Look(fixture.Original);
        Mount.MountFileSystem("tmpfs", "other", $"{fixture.Original}/point");
        File.WriteAllText($"{fixture.Original}/point/above", "above");
        var image = fixture.Capture();
        Mount.Unmount($"{fixture.Original}/point");
        fixture.Restore(image);
        Assert.Equal(before, fixture.Look(fixture.Copy));
        fixture.UnmountCopy();
    });

    [Fact]
    public void AMountThatIsCoveredByAnotherIsRefused() => TmpfsFixture.Run(fixture =>
    {
        var covered = fixture.Entry(fixture.Original);
        Mount.MountFileSystem("tmpfs", "other", fixture.Original);
        using var own = Namespace.OpenSelf(NamespaceKind.Mount);
        Assert.Throws<TmpfsCaptureException>(() => TmpfsCapture.Open(own, covered));
        Mount.Unmount(fixture.Original);
    });

    [Fact]
    public void ALinkThatCriuMakesDuringTheDumpIsInTheImage() => TmpfsFixture.Run(fixture =>
    {
        fixture.Python("import os; os.mkdir('dir'); open('dir/name', 'w').write('content')");
        var image = new MemoryStream();
        using var own = Namespace.OpenSelf(NamespaceKind.Mount);
        using var capture = TmpfsCapture.Open(own, fixture.Entry(fixture.Original));
        capture.Start(image);
        fixture.Python("open('dir/link_remap.7', 'w').write('remapped')");
        capture.Complete();
        fixture.Restore(new MemoryStream(image.ToArray()));
        Assert.Equal("remapped", File.ReadAllText($"{fixture.Copy}/dir/link_remap.7"));
        fixture.UnmountCopy();
    });

    [Fact]
    public void AFileThatGetsAnotherNameDuringTheDumpStaysOneFile() => TmpfsFixture.Run(fixture =>
    {
        fixture.Python("open('sem.app', 'w').write('content')");
        var image = new MemoryStream();
        using var own = Namespace.OpenSelf(NamespaceKind.Mount);
        using var capture = TmpfsCapture.Open(own, fixture.Entry(fixture.Original));
        capture.Start(image);
        fixture.Python("import os; os.link('sem.app', 'link_remap.7')");
        capture.Complete();
        fixture.Restore(new MemoryStream(image.ToArray()));
        File.WriteAllText($"{fixture.Copy}/link_remap.7", "the same");
        Assert.Equal("the same", File.ReadAllText($"{fixture.Copy}/sem.app"));
        fixture.UnmountCopy();
    });

    [Fact]
    public void RandomTreesComeBackAsTheyWere() => TmpfsFixture.Run(fixture =>
    {
        Trees.Sample(
            lines =>
            {
                fixture.Python(
                    $"import os, shutil\nfor n in os.listdir('.'):\n shutil.rmtree(n) if os.path.isdir(n) and not os.path.islink(n) else "
                    + $"os.unlink(n)\n{lines}");
                var before = fixture.Look(fixture.Original);
                var entry = fixture.Entry(fixture.Original);
                fixture.Restore(fixture.Capture(), entry.Source, entry.SuperOptions);
                try
                {
                    Assert.Equal(before, fixture.Look(fixture.Copy));
                }
                finally
                {
                    fixture.UnmountCopy();
                }
            },
            iter: 15,
            threads: 1);
    });

    [Fact]
    public void DamagedImagesAreRefusedAndTouchNothingOutside()
    {
        byte[] whole = [];
        TmpfsFixture.Run(fixture =>
        {
            fixture.Python(
                "import os; os.mkdir('d'); open('d/f', 'w').write('content'); os.link('d/f', 'g'); os.symlink('d', 's'); os.setxattr('d/f', 'trusted.a', "
                + "b'b')");
            whole = fixture.Capture().ToArray();
        });
        TmpfsFixture.Run(fixture =>
        {
            File.WriteAllText($"{fixture.Path}/outside", "untouched");
            for (var length = 0; length < whole.Length; length++)
                Refuse(fixture, whole[..length], mustFail: true);
            Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte)
                .Sample(change => Refuse(fixture, [.. whole[..change.Item1], change.Item2, .. whole[(change.Item1 + 1)..]], mustFail: false), iter: 300,
                threads: 1);
            foreach (var path in LeadingOutside)
                Refuse(fixture, ImageWith(path), mustFail: true);
            Assert.Equal("untouched", File.ReadAllText($"{fixture.Path}/outside"));
            Assert.Equal(["copy", "original", "outside"], Directory.GetFileSystemEntries(fixture.Path).Select(Path.GetFileName).Order());
        });
    }

    private static readonly string[] LeadingOutside = ["../outside", "/outside", "d/../../outside", "s/x", ".", "..", "a//b", "a/", "a\0b"];

    private static readonly Gen<string> Trees = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 4095], Gen.Int[0, 70000],
        Gen.Int[0, 1000000])
        .Select(Line).List[1, 30].Select(lines => "import stat\ndef t(f):\n try: f()\n except OSError: pass\n" + string.Join('\n', lines));

    /// <summary>A line that makes or changes something, if it can, below directories that may have been made before.</summary>
    private static string Line((int Kind, int Name, int Other, int Mode, int Owner, int Number) line)
    {
        string[] names = ["a", "b", "a/c", "a/d", "a/c/e", "b/f", "a/c/g", "h", "a/c/i", "j"];
        var name = names[line.Name];
        var other = names[line.Other];
        var made = line.Kind switch
        {
            0 or 1 => $"os.mkdir('{name}')",
            // Never into what is not a regular file: a pipe would wait, and a device may be a real one.
            2 => $"(os.path.lexists('{name}') and not stat.S_ISREG(os.lstat('{name}').st_mode)) or [open('{name}', 'ab').write(os.urandom({line.Number})), "
                + $"os.truncate('{name}', {line.Number * 3})]",
            3 => $"os.link('{other}', '{name}', follow_symlinks=False)",
            4 => $"os.symlink('{other}' * {line.Number % 50 + 1}, '{name}')",
            5 => $"os.mknod('{name}', {(line.Number % 2 == 0 ? "0o10000" : "0o20000")} | {line.Mode}, {line.Number})",
            6 => $"os.setxattr('{name}', 'trusted.{line.Owner}', os.urandom({line.Mode % 300}), follow_symlinks=False)",
            _ => $"os.mknod('{name}', 0o140000 | {line.Mode})",
        };
        return $"t(lambda: {made})\nt(lambda: os.lchown('{name}', {line.Owner}, {line.Number}))\nt(lambda: os.path.islink('{name}') or os.chmod('{name}', "
            + $"{line.Mode}))\nt(lambda: os.utime('{name}', ns=({line.Number}000001, {line.Owner}999999999), follow_symlinks=False))";
    }

    private static byte[] ImageWith(string path)
    {
        var image = new MemoryStream();
        var writer = new TmpfsWriter(image);
        TmpfsEntry Entry(string name, uint mode) => new()
        {
            Path = System.Text.Encoding.UTF8.GetBytes(name),
            Mode = mode,
            UserId = 0,
            GroupId = 0,
            AccessTime = default,
            ModifyTime = default,
            Target = ".."u8.ToArray(),
        };
        writer.WriteFile(Entry("d", 0x41ff));
        writer.WriteFile(Entry("s", 0xa1ff));
        writer.WriteFile(Entry(path, 0x81ff));
        writer.EndSegments();
        writer.End();
        return image.ToArray();
    }

    private static void Refuse(TmpfsFixture fixture, byte[] image, bool mustFail)
    {
        var failure = Record.Exception(() => TmpfsRestore.MountAt(fixture.Copy, "x", "rw,size=1m", new MemoryStream(image)));
        if (failure is null)
        {
            fixture.UnmountCopy();
            Assert.False(mustFail);
        }
        else
        {
            Assert.True(failure is MalformedTmpfsImageException or Native.Errors.SyscallException, failure.ToString());
        }
    }
}
