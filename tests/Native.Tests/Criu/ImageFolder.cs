using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;

namespace LxcNative.Native.Tests.Criu;

/// <summary>A fresh directory for images, open.</summary>
internal sealed class ImageFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lxcnative-criu-");

    public ImageFolder() => Descriptor = FileOpen.Open(_directory.FullName, OpenFlags.Directory);

    public FileDescriptor Descriptor { get; }

    public string Path => _directory.FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Options for a dump or restore in this directory.</summary>
    public CriuOptions Options(CriuService service, string log = "dump.log")
    {
        var options = service.CreateOptions();
        options.ImagesDirectory = Descriptor;
        options.LogFile = log;
        options.LogLevel = 4;
        return options;
    }

    public void Dispose()
    {
        Descriptor.Dispose();
        _directory.Delete(recursive: true);
    }
}
