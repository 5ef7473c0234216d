using LxcNative.Native.Handles;

namespace LxcNative.Native.Criu.Interop;

/// <summary>Keeps a descriptor open while criu uses its number; a closed one is refused here instead of failing inside of criu.</summary>
internal readonly struct DescriptorReference : IDisposable
{
    private readonly FileDescriptor? _descriptor;

    public DescriptorReference(FileDescriptor? descriptor)
    {
        var added = false;
        descriptor?.DangerousAddRef(ref added);
        _descriptor = descriptor;
    }

    public void Dispose() => _descriptor?.DangerousRelease();
}
