using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Terminals;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>Keeps the masters of the container's terminals, as LXC's monitor does: one whose master goes away hangs up. What stood on a terminal of the host
/// gets a new one.</summary>
internal sealed class TerminalsReturn(TerminalsState state) : PartReturn
{
    private const string HostDevpts = "/dev/pts";
    private readonly List<FileDescriptor> _unnamed = [];
    private readonly List<PseudoTerminal> _own = [];
    private readonly List<PseudoTerminal> _ofHost = [];
    private readonly List<FileDescriptor> _slaves = [];
    private readonly List<FileDescriptor> _kept = [];
    private readonly List<(HostTerminal[] Places, string Path)> _made = [];

    /// <inheritdoc />
    public override IEnumerable<Step> Steps => state.OfHost.Count == 0 ? [] : [new Step("new terminals for the console", MakeTerminals)];

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        foreach (var ((places, path), slave) in _made.Zip(_slaves))
        {
            foreach (var place in places)
                criu.AddExternal($"mnt[{place.Key}]:{path}");
            criu.AddInheritFd(slave, places[0].Terminal);
        }

        // criu takes a terminal that is open in no session for one of the shell that called it, and asks, only when told of a shell, for its master to be kept.
        // Nothing else of that applies where the init leads its session.
        if (state.InitLeads)
            criu.ShellJob = true;
    }

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.OrphanPtsMaster is { } master)
            Keep(master);
    }

    /// <inheritdoc />
    // Those that nobody had open. Until it has ended criu holds their masters.
    public override void Running(int init)
    {
        _own.AddRange(TerminalRepair.Repair(init));
        // LXC's monitor has them too: whoever looks at a terminal must not be hung up on because nobody inside has it open.
        _kept.AddRange(_own.Concat(_ofHost).Select(OpenSlave).OfType<FileDescriptor>());
        _slaves.ForEach(slave => slave.Dispose());
    }

    /// <inheritdoc />
    public override IReadOnlyList<KeptTerminal> KeptTerminals(int init) =>
        TerminalNumbers.Of(MountInfo.Read(init), _own, [.. _ofHost.Zip(_made, (pair, made) => (pair, made.Places[0].MountPoint))], _unnamed);

    /// <inheritdoc />
    protected override void Close()
    {
        foreach (var slave in _slaves.Concat(_kept))
            slave.Dispose();
        foreach (var terminal in _own.Concat(_ofHost))
            terminal.Dispose();
        _unnamed.ForEach(master => master.Dispose());
    }

    private void MakeTerminals()
    {
        // One that is bound in several places is one still, also to whom receives mounts of one place from the other.
        foreach (var places in state.OfHost.GroupBy(terminal => terminal.Terminal, StringComparer.Ordinal))
        {
            var pair = PseudoTerminal.Open($"{HostDevpts}/ptmx");
            _ofHost.Add(pair);
            var path = $"{HostDevpts}/{pair.Index}";
            places.Select(place => place.Owner).FirstOrDefault(owner => owner is not null)?.Apply(path);
            _slaves.Add(FileOpen.Open(path, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal));
            _made.Add(([.. places], path));
        }
    }

    private static FileDescriptor? OpenSlave(PseudoTerminal terminal)
    {
        try
        {
            return terminal.OpenSlave();
        }
        catch (SyscallException)
        {
            // It is kept without.
            return null;
        }
    }

    // criu tells of it as a descriptor alone.
    private void Keep(FileDescriptor master)
    {
        try
        {
            _own.Add(PseudoTerminal.Adopt(master));
        }
        catch (SyscallException)
        {
            // It has no number: nobody can ask for it, but it hangs up if it is not kept.
            _unnamed.Add(master);
        }
    }
}
