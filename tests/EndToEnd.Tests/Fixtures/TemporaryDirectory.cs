namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A directory that goes with its test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lxn-t-");

    /// <summary>Its path.</summary>
    public string Path => _directory.FullName;

    /// <summary>A path inside, which need not exist.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
