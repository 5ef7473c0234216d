using System.Runtime.InteropServices;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Native.Terminals;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;
using LxcNative.Orchestrator.Engines.Lxc.Serving;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Cgroups;
using LxcNative.Orchestrator.Parts.Engine;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Parts.Terminals;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>Watches over a container that runs, as LXC's monitor does: answers its tools, reads the terminals that nobody looks at, and reaps its
/// init.</summary>
internal sealed class ContainerWatch : IDisposable
{
    private static readonly TimeSpan HaltPatience = TimeSpan.FromSeconds(10);
    private readonly ProcessHandle _init;
    private readonly MonitorLoop _loop;
    private TerminalDrain? _drain;
    private CommandServer? _server;
    private Signal _halt = Signal.PowerFailure;
    private bool _isHalting;

    /// <summary>Begins.</summary>
    /// <param name="loop">What waits; the caller's.</param>
    /// <param name="init">The container's init, a child of this process.</param>
    /// <exception cref="SyscallException">There is no descriptor left.</exception>
    public ContainerWatch(MonitorLoop loop, int init) => (_loop, _init) = (loop, ProcessHandle.Open(init));

    /// <summary>Has those answered who ask, from the next <see cref="Wait"/> on; they may connect from now on.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="lxcPath">Where LXC keeps it.</param>
    /// <param name="states">The states of its parts.</param>
    /// <param name="terminals">The terminals that are kept; the caller's.</param>
    /// <param name="address">Its address for LXC's tools; null where it could not be had.</param>
    public void Serve(string name, string lxcPath, PartStates states, IReadOnlyList<KeptTerminal> terminals, CommandSocket? address)
    {
        var drain = _drain = new TerminalDrain();
        foreach (var terminal in terminals)
            drain.Add(terminal.Master);
        _loop.Add(drain.Descriptor, drain.Drain);
        var configuration = Configuration(states, Path.Combine(lxcPath, name, "config"));
        _halt = configuration.Halt;
        if (address is null)
            return;
        var cgroups = new ServedCgroups(new CgroupsPart().Read(states).Cgroups, CgroupHierarchies.ReadSelf().Layout,
            configuration.Get("lxc.cgroup.dir.container.inner"));
        var numbered = terminals.Where(one => one.Number is not null).DistinctBy(one => one.Number).ToDictionary(one => one.Number!.Value, one => one.Master);
        var container = new ServedContainer(name, lxcPath, _init, CloneFlags(_init.Pid), cgroups, configuration,
            new ServedTerminals(numbered, drain.Remove, drain.Add));
        _server = new CommandServer(address, container, _loop);
    }

    /// <summary>Waits until init has ended, reaps it, and tells who waited for that.</summary>
    public ChildExit Wait()
    {
        _loop.OnSignal(PosixSignal.SIGTERM, Halt);
        _loop.Watch(_init);
        try
        {
            _loop.Run();
        }
        catch (SyscallException)
        {
            // Nobody is answered any more; but as long as this process waits, the container lives.
        }

        var exit = ChildProcess.Wait(_init.Pid);
        _server?.Stopping();
        return exit;
    }

    /// <summary>Nothing of the container is left: its address is given free, and whoever waits is told.</summary>
    /// <param name="reboots">Whether those stay who wait for it to run again, until <see cref="RunsAgain"/>.</param>
    public void Stopped(bool reboots) => _server?.Stopped(reboots);

    /// <summary>It was started again, by another monitor.</summary>
    public void RunsAgain() => _server?.RunsAgain();

    // The host ends: init is asked once, and has as long as a host gives its services at the least.
    private void Halt()
    {
        var signal = _isHalting ? Signal.Kill : _halt;
        _init.SendSignal(signal);
        if (_isHalting)
            return;
        _isHalting = true;
        _loop.After(HaltPatience, () => _init.SendSignal(Signal.Kill));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _server?.Dispose();
        _drain?.Dispose();
        _init.Dispose();
    }

    private static RunningConfiguration Configuration(PartStates states, string file)
    {
        var configuration = RunningConfiguration.Of(new EnginePart().Read(states).Configuration, file);
        // LXC gives the host's ends names of its own where it is told none; here they have those of the plan.
        var ends = new HostEndsPart().Read(states).Ends.ToDictionary(end => end.Inside, end => end.Host.Name, StringComparer.Ordinal);
        return configuration.With(
            from device in NumberedDevice.Of(configuration.Get)
            where device.Type == "veth" && ends.ContainsKey(device.Inside)
            select (device.Key("veth.pair"), ends[device.Inside]));
    }

    private static int CloneFlags(int init)
    {
        var flags = 0;
        foreach (var kind in NamespaceKind.All)
        {
            try
            {
                if (NamespaceId.Read(init, kind) != NamespaceId.ReadSelf(kind))
                    flags |= (int)kind;
            }
            catch (SyscallException e) when (e.Errno == Errno.ENOENT)
            {
                // A kernel without that kind.
            }
        }

        return flags;
    }
}
