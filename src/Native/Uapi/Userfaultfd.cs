namespace LxcNative.Native.Uapi;

/// <summary>linux/userfaultfd.h</summary>
internal static class Userfaultfd
{
    public const int UFFD_USER_MODE_ONLY = 1;
    public const ulong UFFD_API = 0xaa;

    // Linux 6.4 and 6.7.
    public const ulong UFFD_FEATURE_WP_UNPOPULATED = 1 << 13;
    public const ulong UFFD_FEATURE_WP_ASYNC = 1 << 15;

    public const ulong UFFDIO_REGISTER_MODE_WP = 2;
    public const uint UFFDIO_API = 0xc018aa3f;
    public const uint UFFDIO_REGISTER = 0xc020aa00;
}
