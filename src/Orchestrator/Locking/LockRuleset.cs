using LxcNative.Native.Errors;
using LxcNative.Netlink.Netfilter;
using LxcNative.Netlink.Netfilter.Expressions;
using LxcNative.Netlink.Netfilter.Uapi;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The tables of the lock, and the batches that add and delete them.</summary>
/// <remarks><code>
/// table inet lxcnative-lock { prerouting, output }     IPv4 and IPv6: all that came in, all that is made here, so loopback too
/// table arp lxcnative-lock { input, output }
/// table netdev lxcnative-lock { ingress, egress }      of every device but loopback
/// </code>Every chain comes first at its hook (before defragmentation, conntrack and raw, so that no connection's state changes) and has one rule:
/// <c>meta mark != 0xc114 drop</c>. The policy is accept: a rule only counts from the commit on, a policy from the moment the chain is
/// registered, which the kernel does even for a batch that it refuses in the end.</remarks>
internal sealed record LockRuleset(bool IsOwned, bool HasArp, bool HasEgress, IReadOnlyList<string> Devices, string Comment)
{
    public const string TableName = "lxcnative-lock";

    public const uint PassingMark = 0xC114;

    /// <summary>NF_IP_PRI_FIRST.</summary>
    private const int FirstPriority = int.MinValue;

    /// <summary>NFT_NETDEVICE_MAX.</summary>
    private const int DevicesPerChain = 256;

    private static readonly Expression[] s_dropUnmarked =
    [
        new MetaExpression(NFT_META.NFT_META_MARK, NFT_REG.NFT_REG_1),
        new CompareExpression(NFT_REG.NFT_REG_1, NFT_CMP.NFT_CMP_NEQ, HostBytes(PassingMark)),
        new ImmediateExpression(Verdict.Drop),
    ];

    /// <summary>All families that a lock may have a table in.</summary>
    public static IReadOnlyList<TableFamily> AllFamilies { get; } = [TableFamily.Inet, TableFamily.Arp, TableFamily.Netdev];

    /// <summary>The families that this one has a table in.</summary>
    public IEnumerable<TableFamily> Families => AllFamilies.Where(family => family switch
    {
        TableFamily.Arp => HasArp,
        TableFamily.Netdev => Devices.Count > 0,
        _ => true,
    });

    /// <summary>The batch that locks, and for each of its changes the layer that it belongs to.</summary>
    public (Batch Batch, IReadOnlyList<LockLayer> Layers) BuildLock()
    {
        var batch = new Batch();
        List<LockLayer> layers = [];
        AddTable(TableFamily.Inet, LockLayer.Ip);
        AddChain(TableFamily.Inet, "prerouting", new ChainHook(InetHook.Prerouting, FirstPriority), LockLayer.Ip);
        AddChain(TableFamily.Inet, "output", new ChainHook(InetHook.Output, FirstPriority), LockLayer.Ip);
        if (HasArp)
        {
            AddTable(TableFamily.Arp, LockLayer.Arp);
            AddChain(TableFamily.Arp, "input", new ChainHook(ArpHook.Input, FirstPriority), LockLayer.Arp);
            AddChain(TableFamily.Arp, "output", new ChainHook(ArpHook.Output, FirstPriority), LockLayer.Arp);
        }

        if (Devices.Count > 0)
            AddTable(TableFamily.Netdev, LockLayer.DeviceIngress);
        int part = 0;
        foreach (string[] devices in Devices.Chunk(DevicesPerChain))
        {
            string suffix = part++ == 0 ? "" : $"-{part}";
            AddChain(TableFamily.Netdev, "ingress" + suffix, new ChainHook(NetdevHook.Ingress, FirstPriority, devices), LockLayer.DeviceIngress);
            if (HasEgress)
                AddChain(TableFamily.Netdev, "egress" + suffix, new ChainHook(NetdevHook.Egress, FirstPriority, devices), LockLayer.DeviceEgress);
        }

        return (batch, layers);

        void AddTable(TableFamily family, LockLayer layer)
        {
            batch.Add(TableOf(family) with { Flags = IsOwned ? TableFlags.Owner : TableFlags.None, Userdata = UserdataComment.Encode(Comment) }, isNew: true);
            layers.Add(layer);
        }

        void AddChain(TableFamily family, string name, ChainHook hook, LockLayer layer)
        {
            batch.Add(new Chain(family, TableName, name) { Hook = hook, Policy = Verdict.Accept }, isNew: true);
            batch.Add(new Rule(family, TableName, name) { Expressions = s_dropUnmarked });
            layers.AddRange([layer, layer]);
        }
    }

    /// <summary>The batch that unlocks.</summary>
    public Batch BuildUnlock() => BuildUnlock(Families);

    /// <summary>The batch that deletes the lock's tables in some families.</summary>
    public static Batch BuildUnlock(IEnumerable<TableFamily> families)
    {
        var batch = new Batch();
        foreach (TableFamily family in families)
            batch.Delete(TableOf(family));
        return batch;
    }

    /// <summary>The rule set without what the kernel behind a socket refuses, which is asked without effect.</summary>
    /// <param name="socket">The namespace to ask in.</param>
    /// <param name="limitations">Gets what the kernel refused, in its words.</param>
    /// <exception cref="BatchException">What was refused is not to be done without.</exception>
    public LockRuleset Fit(NetfilterSocket socket, List<string> limitations)
    {
        LockRuleset fitting = this;
        while (true)
        {
            (Batch batch, IReadOnlyList<LockLayer> layers) = fitting.BuildLock();
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
        _ => null,
    };

    private static Table TableOf(TableFamily family) => new(family, TableName);

    private static byte[] HostBytes(uint value) => BitConverter.GetBytes(value);
}
