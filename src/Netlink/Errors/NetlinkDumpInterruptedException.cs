namespace LxcNative.Netlink.Errors;

/// <summary>What was dumped kept changing (NLM_F_DUMP_INTR) in every attempt, so no consistent list could be had.</summary>
public sealed class NetlinkDumpInterruptedException : NetlinkProtocolException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="messageName">The dump request's name.</param>
    /// <param name="attempts">How often the whole dump was made.</param>
    public NetlinkDumpInterruptedException(string messageName, int attempts)
        : base($"dump {messageName}: changed while it was read, in each of {attempts} attempts") => Attempts = attempts;

    /// <summary>How often the whole dump was made.</summary>
    public int Attempts { get; }
}
