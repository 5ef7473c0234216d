using LxcNative.Netlink.Netfilter;
using LxcNative.Netlink.Netfilter.Expressions;

namespace LxcNative.Orchestrator.Locking;

/// <summary>What the rule of a lock does with a packet.</summary>
internal enum LockMeans
{
    /// <summary>Drops it.</summary>
    Drop,

    /// <summary>Queues it, by the queue expression of nf_tables.</summary>
    Queue,

    /// <summary>Queues it, by the target NFQUEUE of xtables: kernels without nft_queue have it as often as not.</summary>
    Target,
}

/// <summary>What means are made of.</summary>
internal static class LockMeansExtensions
{
    /// <summary>The end of the rule.</summary>
    /// <param name="means">Which.</param>
    /// <param name="queue">The queue, where it is one.</param>
    public static Expression ToExpression(this LockMeans means, ushort queue) => means switch
    {
        LockMeans.Queue => new QueueExpression(queue),
        LockMeans.Target => TargetExpression.Queue(queue),
        _ => new ImmediateExpression(Verdict.Drop),
    };
}
