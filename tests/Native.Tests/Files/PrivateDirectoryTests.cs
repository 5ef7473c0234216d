using LxcNative.Native.Files;

namespace LxcNative.Native.Tests.Files;

public sealed class PrivateDirectoryTests : IDisposable
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly string _place = Directory.CreateTempSubdirectory("lxn-t-").FullName;

    public void Dispose() => Directory.Delete(_place, recursive: true);

    [Fact]
    public void ThoseAboveAreMadePrivateToo()
    {
        PrivateDirectory.Create(Path.Combine(_place, "one/two/three"));
        Assert.All((string[])["one", "one/two", "one/two/three"], name => Assert.Equal(OwnersAlone, File.GetUnixFileMode(Path.Combine(_place, name))));
    }

    [Fact]
    public void APassageCanBeGoneThroughAndNotBeRead()
    {
        PrivateDirectory.CreatePassage(Path.Combine(_place, "one/two"));
        Assert.All((string[])["one", "one/two"],
            name => Assert.Equal(OwnersAlone | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute, File.GetUnixFileMode(Path.Combine(_place, name))));
    }
}
