namespace LxcNative.Native.Criu;

/// <summary>Where criu or its library was found.</summary>
public enum CriuOrigin
{
    /// <summary>It was named by the caller.</summary>
    Option,

    /// <summary>It was named by the variable of the search.</summary>
    Environment,

    /// <summary>It is one of the versions below the prefix of the search.</summary>
    Prefix,

    /// <summary>criu: in a directory of PATH. The library: by the system's loader.</summary>
    System,
}
