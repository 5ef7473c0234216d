using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Testing;
using Mono.Unix.Native;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

/// <summary>Images are written and read where root alone can reach them.</summary>
public sealed class TrustedPathTests : IDisposable
{
    private const int Somebody = 65534;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void ADirectoryOfRootIsTrusted() => Assert.Null(TrustedPath.Trouble(Made("images")));

    [Fact]
    public void ADirectoryThatOthersMayReadIsTrusted()
    {
        // The files in it are nobody's to read.
        Syscall.chmod(Made("images"),
            FilePermissions.S_IRWXU | FilePermissions.S_IRGRP | FilePermissions.S_IXGRP | FilePermissions.S_IROTH | FilePermissions.S_IXOTH);
        Assert.Null(TrustedPath.Trouble(_place["images"]));
    }

    [Fact]
    public void ADirectoryOfSomebodyElseIsNot()
    {
        Requirement.Root();
        Assert.Equal(0, Syscall.chown(Made("images"), Somebody, Somebody));
        Assert.Contains("can be written by others", TrustedPath.Trouble(_place["images"]), StringComparison.Ordinal);
        Assert.Contains("root's alone", Assert.Throws<RefusedException>(() => ImageDirectory.Create(_place["images"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADirectoryBelowOneOfSomebodyElseIsNot()
    {
        Requirement.Root();
        Made("home/images");
        Assert.Equal(0, Syscall.chown(_place["home"], Somebody, Somebody));
        Assert.Contains($"belongs to user {Somebody}", TrustedPath.Trouble(_place["home/images"]), StringComparison.Ordinal);
        Assert.Throws<RefusedException>(() => ImageDirectory.Create(_place["home/new"]));
        Assert.False(Directory.Exists(_place["home/new"]));
    }

    [Fact]
    public void ADirectoryBelowOneThatOthersMayWriteIsTrustedWhereNobodyRenamesWhatIsRoots()
    {
        Requirement.Root();
        Made("open/images");
        Assert.Equal(0,
            Syscall.chmod(_place["open"], FilePermissions.ALLPERMS & ~(FilePermissions.S_ISUID | FilePermissions.S_ISGID | FilePermissions.S_ISVTX)));
        Assert.Contains("can be written by others", TrustedPath.Trouble(_place["open/images"]), StringComparison.Ordinal);
        Assert.Equal(0, Syscall.chmod(_place["open"], FilePermissions.ALLPERMS & ~(FilePermissions.S_ISUID | FilePermissions.S_ISGID)));
        Assert.Null(TrustedPath.Trouble(_place["open/images"]));
    }

    [Fact]
    public void ADirectoryThatIsReachedByALinkOfSomebodyElseIsNot()
    {
        Requirement.Root();
        Made("home");
        Made("real/images");
        File.CreateSymbolicLink(_place["home/link"], _place["real"]);
        Assert.Equal(0, Syscall.chown(_place["home"], Somebody, Somebody));
        Assert.NotNull(TrustedPath.Trouble(_place["home/link/images"]));
        Assert.Null(TrustedPath.Trouble(_place["real/images"]));
    }

    private string Made(string name)
    {
        Directory.CreateDirectory(_place[name]);
        return _place[name];
    }
}
