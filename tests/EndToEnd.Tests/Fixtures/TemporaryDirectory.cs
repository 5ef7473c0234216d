namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A directory that goes with its test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lxn-t-");

    /// <summary>Its path.</summary>
    public string Path => _directory.FullName;

    /// <summary>A path inside, which need not exist.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a shell script inside that can be run, and gives its path.</summary>
    public string Script(string name, string text)
    {
        File.WriteAllText(this[name], $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(this[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return this[name];
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
