namespace LxcNative.Native.Uapi;

/// <summary>fcntl.h: <c>struct file_handle</c>, whose bytes follow its length and its type.</summary>
internal static class FileHandleLayout
{
    public const int OffsetOfLength = 0;
    public const int OffsetOfType = 4;
    public const int OffsetOfBytes = 8;
    public const int MAX_HANDLE_SZ = 128;
}
