using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Preflight.Failures;
using LxcNative.Orchestrator.Preflight.Hosts;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>All rules, in the order of their ids.</summary>
public static class RuleCatalog
{
    /// <summary>Those that belong to no part: of processes and what they have open.</summary>
    private static readonly PreflightRule[] OfProcesses =
    [
        new SessionLeaderOutside(),
        new TracedProcess(),
        new UninterruptibleProcess(),
        new ThirtyTwoBitProcess(),
        new ZombieLeader(),
        new StoppedThread(),
        new PendingTrap(),
        new SharedByClone(),
        new OtherUserWithoutCapability(),
        new ProcessOutsideTree(),
        new CriuInsideTree(),
        new FrozenContainer(),
        new HostNetwork(),
        new SharedNetwork(),
        new SystemVMemoryOfHost(),
        new ShadowStack(),
        new SessionWithoutLeader(),
        new IoUring(),
        new DeviceFile(),
        new MappedDevice(),
        new SecretMemory(),
        new UserProbe(),
        new FileLocks(),
        new LargeGhost(),
        new RemovedName(),
        new NameOfAnotherFile(),
        new FileOutsideMounts(),
        new OvermountedFile(),
        new PacketPipe(),
        new LostInotifyWatch(),
        new EscapedEpollTarget(),
        new PidfdOfOutsider(),
        new PidfdOfThread(),
        new SnapshotOfRemovedName(),
        new NamespaceOutside(),
        new NetlinkPending(),
        new NetlinkGroups(),
        new NetlinkWithoutPort(),
        new EstablishedConnection(),
        new WaitingConnection(),
        new UnsupportedProtocol(),
        new UnsupportedSocketFamily(),
        new UnixSocketOfAnotherNetwork(),
        new SocketOfNetworkOutside(),
        new UnixPeerOutside(),
        new MulticastLost(),
        new UnixConnectionHalfMade(),
        new CorkedDatagram(),
        new RepeatedMembership(),
        new LinkLocalConnection(),
    ];

    internal static readonly PreflightRule[] Rules =
        [.. OfProcesses.Concat(PartList.All.SelectMany(part => part.Obstacles)).OrderBy(rule => rule.Description.Id, StringComparer.Ordinal)];

    /// <summary>What every rule is about: those of containers, of the host (from LXN100), of images (from LXN200), and known failures of criu (from
    /// LXN300).</summary>
    public static IReadOnlyList<RuleDescription> Descriptions { get; } =
    [
        .. Rules.Select(rule => rule.Description), .. HostRules.All.Select(rule => rule.Description), .. ImageRules.All, .. FailureDescriptions.All,
    ];

    /// <summary>The rule of an id; null when there is none.</summary>
    public static RuleDescription? Find(string id) => Descriptions.FirstOrDefault(one => one.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
