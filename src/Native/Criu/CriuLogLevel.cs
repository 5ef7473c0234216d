namespace LxcNative.Native.Criu;

/// <summary>How serious a line of criu's log is.</summary>
public enum CriuLogLevel
{
    /// <summary>Progress or detail.</summary>
    Message,

    /// <summary>A line marked Warn.</summary>
    Warning,

    /// <summary>A line marked Error.</summary>
    Error,
}
