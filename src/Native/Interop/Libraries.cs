namespace LxcNative.Native.Interop;

/// <summary>The names of the native libraries, written once.</summary>
internal static class Libraries
{
    public const string Libc = "libc";
}
