namespace LxcNative.Tests;
public class PlaceholderTests { [Fact] public void Nothing() => Assert.True(true); }
