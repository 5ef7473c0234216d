namespace LxcNative.Netlink.Wire;

/// <summary>The flags of a message header (NLM_F_* of linux/netlink.h). The meaning of the upper byte depends on the kind of request.</summary>
[Flags]
#pragma warning disable CA1069 // The kernel reuses the upper bits per kind of request.
public enum MessageFlags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>NLM_F_REQUEST: goes to the kernel.</summary>
    Request = 0x01,

    /// <summary>NLM_F_MULTI: one part of many, the last is NLMSG_DONE.</summary>
    Multipart = 0x02,

    /// <summary>NLM_F_ACK: answer with an acknowledgement, also on success.</summary>
    Acknowledge = 0x04,

    /// <summary>NLM_F_ECHO: send the resulting notification to the requester too.</summary>
    Echo = 0x08,

    /// <summary>NLM_F_DUMP_INTR: what is dumped changed while it was being dumped.</summary>
    DumpInterrupted = 0x10,

    /// <summary>NLM_F_DUMP_FILTERED: the kernel filtered the dump as asked.</summary>
    DumpFiltered = 0x20,

    /// <summary>NLM_F_ROOT of a GET.</summary>
    Root = 0x100,

    /// <summary>NLM_F_MATCH of a GET.</summary>
    Match = 0x200,

    /// <summary>NLM_F_DUMP of a GET: everything.</summary>
    Dump = Root | Match,

    /// <summary>NLM_F_REPLACE of a NEW.</summary>
    Replace = 0x100,

    /// <summary>NLM_F_EXCL of a NEW: fail if it exists.</summary>
    Exclusive = 0x200,

    /// <summary>NLM_F_CREATE of a NEW: make it if it does not exist.</summary>
    Create = 0x400,

    /// <summary>NLM_F_APPEND of a NEW: at the end of the list.</summary>
    Append = 0x800,

    /// <summary>NLM_F_NONREC of a DEL: not recursively.</summary>
    NonRecursive = 0x100,

    /// <summary>NLM_F_BULK of a DEL: many at once.</summary>
    Bulk = 0x200,

    /// <summary>NLM_F_CAPPED of an acknowledgement: the request is not repeated in it.</summary>
    Capped = 0x100,

    /// <summary>NLM_F_ACK_TLVS of an acknowledgement: extended acknowledgement attributes follow.</summary>
    ExtendedAcknowledgement = 0x200,
}
#pragma warning restore CA1069
