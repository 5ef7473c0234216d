using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;
using Mono.Unix.Native;
using Errno = LxcNative.Native.Errors.Errno;
using OpenFlags = LxcNative.Native.Files.OpenFlags;

namespace LxcNative.Native.Tests.Files.Raw;

/// <summary>Files whose names are bytes; Mono.Unix is the oracle for what has one that is text.</summary>
public sealed class RawFileTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("lxcnative-raw-").FullName;
    private readonly FileDescriptor _root;

    public RawFileTests() => _root = FileOpen.Open(_path, OpenFlags.ReadOnly | OpenFlags.Directory);

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public void NameThatIsNoTextComesBackAsItWas()
    {
        byte[] name = [0xff, 0xfe, (byte)'x', (byte)'\n'];
        RawFile.MakeNode(_root, name, FileType.Fifo, 0x180, default, name);
        Assert.Equal(name, Assert.Single(RawNames.Read(_root, ""u8, new byte[4096])));
        Assert.Equal(FileType.Fifo, RawStatus.Read(_root, name).Status.Type);
        // System.IO cannot remove what it cannot name.
        RawFile.Remove(_root, name, name);
    }

    [Fact]
    public void NameWithANulIsRefusedInsteadOfCutOff()
    {
        Assert.Equal(Errno.EINVAL, Assert.Throws<SyscallException>(() => RawFile.MakeDirectory(_root, "a\0b"u8, 0x1c0, "a"u8)).Errno);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_path));
    }

    [Fact]
    public void SymbolicLinkIsNeverFollowed()
    {
        RawFile.MakeSymbolicLink(_root, "link"u8, "/tmp"u8, "link"u8);
        Assert.Equal("/tmp"u8, RawStatus.ReadLink(_root, "link"u8, new byte[64]));
        Assert.Equal(Errno.ENAMETOOLONG, Assert.Throws<SyscallException>(() => RawStatus.ReadLink(_root, "link"u8, new byte[4])).Errno);
        Assert.Equal(Errno.ELOOP, Assert.Throws<SyscallException>(() => RawOpen.Below(_root, "link"u8, OpenFlags.ReadOnly)).Errno);
        Assert.Equal(Errno.ELOOP, Assert.Throws<SyscallException>(() => RawOpen.Below(_root, "link/x"u8, OpenFlags.ReadOnly)).Errno);
        Assert.Equal(FileType.SymbolicLink, RawStatus.Read(_root, "link"u8).Status.Type);
    }

    [Fact]
    public void WhatIsSetIsWhatTheOracleSees()
    {
        using (var file = RawOpen.Below(_root, "f"u8, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, 0x180))
        {
            FileContent.SetLength(file, 1 << 20, "f"u8);
            FileContent.WriteAt(file, "text"u8, 512 * 1024, "f"u8);
        }

        RawStatus.SetMode(_root, "f"u8, 0x8000 | 0x9a4, "f"u8);
        RawStatus.SetTimes(_root, "f"u8, new FileTimestamp(-5, 7), new FileTimestamp(1_700_000_000, 999_999_999), "f"u8);
        Assert.Equal(0, Syscall.stat(Path.Combine(_path, "f"), out var oracle));
        Assert.Equal((-5, 7, 1_700_000_000, 999_999_999), (oracle.st_atime, oracle.st_atime_nsec, oracle.st_mtime, oracle.st_mtime_nsec));
        Assert.Equal(0x9a4u, NativeConvert.FromFilePermissions(oracle.st_mode) & 0xfff);
        var details = RawStatus.Read(_root, "f"u8);
        Assert.Equal((new FileTimestamp(-5, 7), new FileTimestamp(1_700_000_000, 999_999_999)), (details.Access, details.Modification));
        Assert.Equal(((ulong)oracle.st_ino, 1ul << 20, (ulong)oracle.st_blocks), (details.Status.Inode, details.Status.Size, details.Blocks));
    }

    [Fact]
    public void HolesAreFound()
    {
        using var file = RawOpen.Below(_root, "f"u8, OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
        FileContent.SetLength(file, 1 << 20, "f"u8);
        Assert.Null(FileContent.NextData(file, 0, "f"u8));
        FileContent.WriteAt(file, new byte[4096], 65536, "f"u8);
        var start = FileContent.NextData(file, 0, "f"u8);
        Assert.Equal(65536, start);
        Assert.Equal(65536 + 4096, FileContent.NextHole(file, 65536, "f"u8));
        Assert.Null(FileContent.NextData(file, 65536 + 4096, "f"u8));
    }

    [Fact]
    public void SecondNameAndRemovalAreSeen()
    {
        File.WriteAllText(Path.Combine(_path, "a"), "x");
        using (var file = RawOpen.Below(_root, "a"u8, OpenFlags.Path | OpenFlags.NoFollow))
            RawFile.Link(file, _root, "b"u8, "b"u8);
        Assert.Equal(2u, RawStatus.Read(_root, "b"u8).Status.LinkCount);
        RawFile.Remove(_root, "a"u8, "a"u8);
        RawFile.Remove(_root, "a"u8, "a"u8);
        Assert.Equal(["b"u8.ToArray()], RawNames.Read(_root, ""u8, new byte[4096]));
        Assert.True(RawFile.TryMakeDirectory(_root, "d"u8, 0x1c0, "d"u8));
        Assert.False(RawFile.TryMakeDirectory(_root, "d"u8, 0x1c0, "d"u8));
        Assert.Throws<SyscallException>(() => RawFile.Remove(_root, "d"u8, "d"u8));
    }

    [Fact]
    public void AttributesComeBack()
    {
        RawFile.MakeDirectory(_root, "d"u8, 0x1c0, "d"u8);
        try
        {
            ExtendedAttributes.Set(_root, "d"u8, "user.a"u8, [1, 0, 2], "d"u8);
        }
        catch (SyscallException e) when (e.Errno == Errno.EOPNOTSUPP)
        {
            Assert.Skip("the temporary directory has no user attributes");
        }

        ExtendedAttributes.Set(_root, "d"u8, "user.b"u8, "text"u8, "d"u8);
        var found = ExtendedAttributes.List(_root, "d"u8, new byte[ExtendedAttributes.Longest]).OrderBy(one => one.Name.Last()).ToList();
        Assert.Equal([[1, 0, 2], "text"u8.ToArray()], found.Where(one => one.Name.AsSpan().StartsWith("user."u8)).Select(one => one.Value));
        Assert.Equal("text", ExtendedAttributes.TryReadText(Path.Combine(_path, "d"), "user.b"));
        Assert.Null(ExtendedAttributes.TryReadText(Path.Combine(_path, "d"), "user.c"));
    }
}
