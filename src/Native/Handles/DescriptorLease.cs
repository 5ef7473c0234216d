namespace LxcNative.Native.Handles;

/// <summary>Keeps a <see cref="FileDescriptor"/> open while its number is in the kernel's hands.</summary>
/// <remarks>For imports that take plain numbers: the marshaller does the same for those that take the handle.</remarks>
internal readonly ref struct DescriptorLease : IDisposable
{
    private readonly FileDescriptor _descriptor;

    public DescriptorLease(FileDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        var added = false;
        descriptor.DangerousAddRef(ref added);
        _descriptor = descriptor;
    }

    public int Number => _descriptor.Number;

    public void Dispose() => _descriptor?.DangerousRelease();
}
