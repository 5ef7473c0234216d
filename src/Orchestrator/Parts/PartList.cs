using LxcNative.Orchestrator.Parts.Cgroups;
using LxcNative.Orchestrator.Parts.Confinement;
using LxcNative.Orchestrator.Parts.Credentials;
using LxcNative.Orchestrator.Parts.Devices;
using LxcNative.Orchestrator.Parts.Engine;
using LxcNative.Orchestrator.Parts.Files;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Parts.Memory;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Parts.Namespaces;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Owners;
using LxcNative.Orchestrator.Parts.Pressure;
using LxcNative.Orchestrator.Parts.Scheduling;
using LxcNative.Orchestrator.Parts.Sharing;
using LxcNative.Orchestrator.Parts.Sockets;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Parts.Timers;
using LxcNative.Orchestrator.Parts.Tmpfs;
using LxcNative.Orchestrator.Parts.Units;

namespace LxcNative.Orchestrator.Parts;

/// <summary>All parts, in the order in which they are prepared, made and told of a moment. Nothing else knows them all.</summary>
internal static class PartList
{
    /// <summary>The parts.</summary>
    public static IReadOnlyList<Part> All { get; } =
    [
        // What its criu is told of the kernel is told last.
        new MemoryPart(),
        // What it takes away is not there any more when the others look.
        new UnitsPart(),
        new CredentialsPart(),
        // Reserved before anything is made; made with the network.
        new HostEndsPart(),
        // What takes longest is begun first.
        new NetworkPart(),
        new NamespacesPart(),
        new CgroupsPart(),
        // Those of files that the cgroups' controllers have just got.
        new OwnersPart(),
        new TmpfsPart(),
        new MountsPart(),
        new FilesPart(),
        new SharingPart(),
        new TimersPart(),
        new PressurePart(),
        new SchedulingPart(),
        new SocketsPart(),
        new ConfinementPart(),
        new DevicesPart(),
        new TerminalsPart(),
        new EnginePart(),
    ];
}
