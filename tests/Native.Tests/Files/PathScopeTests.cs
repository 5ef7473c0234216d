using LxcNative.Native.Files;

namespace LxcNative.Native.Tests.Files;

public class PathScopeTests
{
    [Theory]
    [InlineData("/", "/a", true)]
    [InlineData("/", "/", true)]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/a/b/c", true)]
    [InlineData("/a", "/ab", false)]
    [InlineData("/a/b", "/a", false)]
    public void DirectoryHoldsItselfAndWhatIsBelow(string directory, string path, bool holds) => Assert.Equal(holds, PathScope.Holds(directory, path));
}
