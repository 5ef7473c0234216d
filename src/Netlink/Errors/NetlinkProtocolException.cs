namespace LxcNative.Netlink.Errors;

/// <summary>Bytes that are not what the protocol says: a length beyond its message, a number of the wrong size, an answer to nobody's request.</summary>
/// <remarks>Never an errno of the kernel (<see cref="NetlinkException"/>) and never a failed system call.</remarks>
public class NetlinkProtocolException : Exception
{
    /// <summary>Makes the exception.</summary>
    public NetlinkProtocolException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
