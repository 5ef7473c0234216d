using LxcNative.Native.Errors;
using LxcNative.Netlink.Netfilter;
using LxcNative.Netlink.Netfilter.Expressions;
using LxcNative.Netlink.Netfilter.Uapi;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The tables of a lock, and the batches that add and delete them.</summary>
/// <remarks><code>
/// table inet lxcnative-lock-… { prerouting, output }   IPv4 and IPv6: all that came in, all that is made here, so loopback too
/// table arp lxcnative-lock-… { input, output }
/// table netdev lxcnative-lock-… { ingress, egress }    of every device but loopback
/// </code>Where packets are held, of those only the first, and
/// <code>
/// table bridge lxcnative-lock-… { forward }            where the namespace has a bridge: what it forwards can only be dropped
/// </code>Every chain comes first at its hook (before defragmentation, conntrack and raw, so that no connection's state changes) and has one rule:
/// <c>meta mark != 0xc114 drop</c>, or <c>queue</c> instead of drop. The policy is accept: a rule only counts from the commit on, a policy from the moment the
/// chain is registered, which the kernel does even for a batch that it refuses in the end.</remarks>
internal sealed record LockRuleset(string TableName, bool IsOwned, bool HasArp, bool HasEgress, IReadOnlyList<string> Devices, string Comment)
{
    /// <summary>What happens to IPv4 and IPv6.</summary>
    public LockMeans Means { get; init; }

    /// <summary>The queue that packets are held in.</summary>
    public ushort Queue { get; init; }

    /// <summary>Whether devices are blocked themselves, if there are any.</summary>
    public bool BlocksDevices { get; init; }

    /// <summary>Whether frames that a bridge of the namespace forwards are blocked.</summary>
    public bool HasBridge { get; init; }

    /// <summary>How the names of all tables of locks begin.</summary>
    public const string TablePrefix = "lxcnative-lock-";

    public const uint PassingMark = 0xC114;

    private const string Prerouting = "prerouting";

    private const string Output = "output";

    /// <summary>NF_IP_PRI_FIRST.</summary>
    private const int FirstPriority = int.MinValue;

    /// <summary>NFT_NETDEVICE_MAX.</summary>
    private const int DevicesPerChain = 256;

    private static readonly Expression[] s_unmarked =
    [
        new MetaExpression(NFT_META.NFT_META_MARK, NFT_REG.NFT_REG_1),
        new CompareExpression(NFT_REG.NFT_REG_1, NFT_CMP.NFT_CMP_NEQ, HostBytes(PassingMark)),
    ];

    /// <summary>All families that a lock may have a table in.</summary>
    public static IReadOnlyList<TableFamily> AllFamilies { get; } = [TableFamily.Inet, TableFamily.Arp, TableFamily.Netdev, TableFamily.Bridge];

    /// <summary>The families that this one has a table in.</summary>
    public IEnumerable<TableFamily> Families => AllFamilies.Where(family => family switch
    {
        TableFamily.Arp => HasArp,
        TableFamily.Netdev => Devices.Count > 0,
        TableFamily.Bridge => HasBridge,
        _ => true,
    });

    /// <summary>The batch that locks, and for each of its changes the layer that it belongs to.</summary>
    public (Batch Batch, IReadOnlyList<LockLayer> Layers) BuildLock() => Build(isIncoming: true, isOutgoing: true);

    /// <summary>The part of it that stops what comes in.</summary>
    public Batch BuildIncoming() => Build(isIncoming: true, isOutgoing: false).Batch;

    /// <summary>The rest of it.</summary>
    public Batch BuildOutgoing() => Build(isIncoming: false, isOutgoing: true).Batch;

    private (Batch Batch, IReadOnlyList<LockLayer> Layers) Build(bool isIncoming, bool isOutgoing)
    {
        var batch = new Batch();
        List<LockLayer> layers = [];
        if (isIncoming)
        {
            AddTable(TableFamily.Inet, LockLayer.Ip);
            AddChain(TableFamily.Inet, Prerouting, new ChainHook(InetHook.Prerouting, FirstPriority), LockLayer.Ip);
        }

        if (!isOutgoing)
            return (batch, layers);
        AddChain(TableFamily.Inet, Output, new ChainHook(InetHook.Output, FirstPriority), LockLayer.Ip);
        if (HasArp)
        {
            AddTable(TableFamily.Arp, LockLayer.Arp);
            AddChain(TableFamily.Arp, "input", new ChainHook(ArpHook.Input, FirstPriority), LockLayer.Arp);
            AddChain(TableFamily.Arp, "output", new ChainHook(ArpHook.Output, FirstPriority), LockLayer.Arp);
        }

        if (Devices.Count > 0)
            AddTable(TableFamily.Netdev, LockLayer.DeviceIngress);
        var part = 0;
        foreach (var devices in Devices.Chunk(DevicesPerChain))
        {
            var suffix = part++ == 0 ? "" : $"-{part}";
            AddChain(TableFamily.Netdev, "ingress" + suffix, new ChainHook(NetdevHook.Ingress, FirstPriority, devices), LockLayer.DeviceIngress);
            if (HasEgress)
                AddChain(TableFamily.Netdev, "egress" + suffix, new ChainHook(NetdevHook.Egress, FirstPriority, devices), LockLayer.DeviceEgress);
        }

        if (HasBridge)
        {
            AddTable(TableFamily.Bridge, LockLayer.Bridge);
            AddChain(TableFamily.Bridge, "forward", new ChainHook(InetHook.Forward, FirstPriority), LockLayer.Bridge);
        }

        return (batch, layers);

        void AddTable(TableFamily family, LockLayer layer)
        {
            var table = new Table(family, TableName) { Flags = IsOwned ? TableFlags.Owner : TableFlags.None, Userdata = UserdataComment.Encode(Comment) };
            batch.Add(table, isNew: true);
            layers.Add(layer);
        }

        void AddChain(TableFamily family, string name, ChainHook hook, LockLayer layer)
        {
            batch.Add(new Chain(family, TableName, name) { Hook = hook, Policy = Verdict.Accept }, isNew: true);
            batch.Add(new Rule(family, TableName,
                name)
            { Expressions = [.. s_unmarked, layer == LockLayer.Ip ? Means.ToExpression(Queue) : LockMeans.Drop.ToExpression(0)] });
            layers.AddRange([layer, layer]);
        }
    }

    /// <summary>The batch that unlocks.</summary>
    public Batch BuildUnlock() => BuildUnlock(Families, TableName);

    /// <summary>The batch that takes the rules away that queue, and leaves their chains: nothing may be on its way into a queue when the kernel drops what
    /// waits there because a chain goes.</summary>
    /// <param name="isIncomingOnly">Whether there are only those of <see cref="BuildIncoming"/>.</param>
    public Batch BuildRulesAway(bool isIncomingOnly)
    {
        var batch = new Batch().Delete(new Rule(TableFamily.Inet, TableName, Prerouting));
        return isIncomingOnly ? batch : batch.Delete(new Rule(TableFamily.Inet, TableName, Output));
    }

    /// <summary>The batch that deletes the tables of a lock in some families.</summary>
    public static Batch BuildUnlock(IEnumerable<TableFamily> families, string tableName)
    {
        var batch = new Batch();
        foreach (var family in families)
            batch.Delete(new Table(family, tableName));
        return batch;
    }

    /// <summary>The rule set without what the kernel behind a socket refuses, which is asked without effect.</summary>
    /// <param name="socket">The namespace to ask in.</param>
    /// <param name="limitations">Gets what the kernel refused, in its words.</param>
    /// <exception cref="BatchException">What was refused is not to be done without.</exception>
    public LockRuleset Fit(NetfilterSocket socket, List<string> limitations)
    {
        var fitting = this;
        while (true)
        {
            (var batch, var layers) = fitting.BuildLock();
            try
            {
                socket.Validate(batch);
                return fitting;
            }
            catch (BatchException refusal) when (refusal.Index >= 0 && refusal.Errno is not (Errno.EPERM or Errno.EEXIST))
            {
                if (fitting.Without(layers[refusal.Index], refusal.Index) is not { } reduced)
                    throw;
                limitations.Add(refusal.Message);
                fitting = reduced;
            }
        }
    }

    private LockRuleset? Without(LockLayer layer, int index) => layer switch
    {
        // Kernels before 5.12 do not know the owner flag, which the first table has.
        LockLayer.Ip when IsOwned && index == 0 => this with { IsOwned = false },
        LockLayer.Arp => this with { HasArp = false },
        LockLayer.DeviceEgress => this with { HasEgress = false },
        LockLayer.DeviceIngress => this with { Devices = [] },
        LockLayer.Bridge => this with { HasBridge = false },
        _ => null,
    };

    private static byte[] HostBytes(uint value) => BitConverter.GetBytes(value);
}
