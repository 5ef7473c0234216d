using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Queues;

/// <summary>The messages by which a queue of packets is bound and emptied.</summary>
/// <remarks><code>
/// | nlmsghdr | nfgenmsg, res_id = queue | NFQA_CFG_CMD, NFQA_CFG_PARAMS, ... or NFQA_VERDICT_HDR |
/// </code></remarks>
internal static class PacketQueueRequests
{
    /// <summary>An identifier that no packet comes after: they count from 1, and wrap.</summary>
    public const uint LastPacket = 0x7fffffff;

    /// <summary>Binds a queue to the socket that sends this: only it may configure the queue and give verdicts, and the queue ends with it.</summary>
    /// <param name="messages">Gets the message.</param>
    /// <param name="queue">The queue's number.</param>
    /// <param name="limit">How many packets may wait.</param>
    public static void WriteBind(MessageBuffer messages, ushort queue, uint limit)
    {
        using (Begin(messages, NFQNL_MSG.NFQNL_MSG_CONFIG, queue))
        {
            var writer = messages.AttributesIn<BigEndian>();
            writer.WriteStruct(NFQA_CFG.NFQA_CFG_CMD, new nfqnl_msg_config_cmd { command = NFQNL_CFG_CMD.NFQNL_CFG_CMD_BIND });
            // With NFQNL_COPY_NONE the kernel drops instead of queueing.
            writer.WriteStruct(NFQA_CFG.NFQA_CFG_PARAMS, new nfqnl_msg_config_params { copy_mode = NFQNL_COPY.NFQNL_COPY_META });
            writer.Write(NFQA_CFG.NFQA_CFG_QUEUE_MAXLEN, limit);
            // Without it the kernel cuts every large segment into packets of the wire first.
            WriteFlags(writer, NFQA_CFG_F.NFQA_CFG_F_GSO);
        }
    }

    /// <summary>Lets what comes from now on pass at once: the queue is full when it is empty, and what finds it full passes.</summary>
    public static void WriteOpen(MessageBuffer messages, ushort queue)
    {
        using (Begin(messages, NFQNL_MSG.NFQNL_MSG_CONFIG, queue))
        {
            var writer = messages.AttributesIn<BigEndian>();
            writer.Write(NFQA_CFG.NFQA_CFG_QUEUE_MAXLEN, 0u);
            WriteFlags(writer, NFQA_CFG_F.NFQA_CFG_F_FAIL_OPEN);
        }
    }

    /// <summary>Gives every packet that waits a verdict, in the order of their coming; ENOENT where none waits.</summary>
    public static void WriteVerdict(MessageBuffer messages, ushort queue, Verdict verdict)
    {
        using (Begin(messages, NFQNL_MSG.NFQNL_MSG_VERDICT_BATCH, queue))
            messages.AttributesIn<BigEndian>().WriteStruct(NFQA.NFQA_VERDICT_HDR, new nfqnl_msg_verdict_hdr(verdict, LastPacket));
    }

    private static void WriteFlags(AttributeWriter<BigEndian> writer, NFQA_CFG_F set)
    {
        writer.Write(NFQA_CFG.NFQA_CFG_MASK, (uint)set);
        writer.Write(NFQA_CFG.NFQA_CFG_FLAGS, (uint)set);
    }

    private static MessageScope Begin(MessageBuffer messages, NFQNL_MSG operation, ushort queue)
    {
        var scope = messages.Begin((ushort)(((ushort)NFNL_SUBSYS.NFNL_SUBSYS_QUEUE << 8) | (ushort)operation), MessageFlags.None);
        messages.WriteFixedHeader(new nfgenmsg((byte)TableFamily.Unspecified, queue));
        return scope;
    }
}
