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

    [Theory]
    [InlineData("a", true)]
    [InlineData("a/..b/c.", true)]
    [InlineData("", false)]
    [InlineData("/", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a//b", false)]
    [InlineData(".", false)]
    [InlineData("a/./b", false)]
    [InlineData("..", false)]
    [InlineData("a/../../b", false)]
    [InlineData("a\0/b", false)]
    public void WhatIsOfNamesAloneIsBelow(string path, bool isBelow) => Assert.Equal(isBelow, PathScope.IsBelow(path));
}
