namespace LxcNative.Native.Criu;

/// <summary>Where criu or its library was found.</summary>
public enum CriuOrigin
{
    /// <summary>It was named by the caller.</summary>
    Option,

    /// <summary>It was named by LXCNATIVE_CRIU or LXCNATIVE_LIBCRIU.</summary>
    Environment,

    /// <summary>Under /opt/lxcnative, where eng/setup puts it.</summary>
    Prefix,

    /// <summary>criu: in a directory of PATH. The library: by the system's loader.</summary>
    System,
}
