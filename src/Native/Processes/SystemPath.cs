namespace LxcNative.Native.Processes;

/// <summary>Where programs of the system are: the PATH of what is started as root, whatever the caller's is.</summary>
internal static class SystemPath
{
    /// <summary>As the variable PATH has it.</summary>
    public const string Value = "/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The directories, in the order in which they are searched.</summary>
    public static IReadOnlyList<string> Directories { get; } = Value.Split(':');
}
