namespace LxcNative.Native.Uapi;

/// <summary>linux/sockios.h</summary>
internal static class Sockios
{
    public const int SIOCGSKNS = 0x894c;
}
