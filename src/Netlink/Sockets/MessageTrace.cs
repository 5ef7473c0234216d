namespace LxcNative.Netlink.Sockets;

/// <summary>Decides whether messages are printed, from LXCNATIVE_TRACE (a list separated by commas).</summary>
internal static class MessageTrace
{
    private static readonly bool IsOn = (Environment.GetEnvironmentVariable("LXCNATIVE_TRACE") ?? "")
        .Split(',', StringSplitOptions.TrimEntries)
        .Contains("netlink", StringComparer.Ordinal);

    /// <summary>Standard error, or null.</summary>
    public static TextWriter? FromEnvironment() => IsOn ? Console.Error : null;
}
