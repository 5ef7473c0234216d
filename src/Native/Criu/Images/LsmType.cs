namespace LxcNative.Native.Criu.Images;

/// <summary>The security module whose labels the images hold (images/inventory.proto).</summary>
internal enum LsmType
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>SELinux.</summary>
    SELinux = 1,

    /// <summary>AppArmor.</summary>
    AppArmor = 2,
}
