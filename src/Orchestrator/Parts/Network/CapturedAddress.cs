using System.Net;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>The address in a captured message of one.</summary>
internal static class CapturedAddress
{
    extension(Captured<ifaddrmsg> message)
    {
        /// <summary>That of this end: on point-to-point links IFA_ADDRESS is the other's, and IPv6 has IFA_LOCAL on those alone.</summary>
        public OwnedAttribute? Own => message.Find(IFA.IFA_LOCAL) ?? message.Find(IFA.IFA_ADDRESS);

        /// <summary>The same as an IP address; null where it is none.</summary>
        public IPAddress? Address => message.Own is { Value.Length: 4 or 16 } found ? new IPAddress(found.Value) : null;
    }
}
