namespace LxcNative.Native.Tests.Criu;

/// <summary>The images in Fixtures, made by criu 4.2.1 with <c>Fixtures/make-images /path/to/criu</c>.</summary>
internal static class FixtureImages
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Criu", "Fixtures", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));
}
