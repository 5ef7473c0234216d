using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>
/// A real LXC container made from the busybox template, started by lxc-start. <see cref="Dispose"/> removes it and whatever
/// it left, also when it was restored by something else than LXC; so does the end of the test process.
/// </summary>
public sealed class LxcContainer : IDisposable
{
    private static readonly ConcurrentDictionary<LxcContainer, byte> _alive = new();
    private readonly ConcurrentBag<(int Pid, string StartTime)> _inits = [];
    private readonly HashSet<string> _hostLinks = [];
    private HostBridge? _bridge;

    static LxcContainer() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var container in _alive.Keys)
            container.Dispose();
    };

    private LxcContainer(LxcContainerOptions options)
    {
        Options = options;
        Name = UniqueName.Container();
        ContainerDirectory = $"/var/lib/lxc/{Name}";
        RootfsPath = Path.Combine(ContainerDirectory, options.RootfsDirectory);
    }

    public LxcContainerOptions Options { get; }

    public string Name { get; }

    /// <summary>/var/lib/lxc/NAME.</summary>
    public string ContainerDirectory { get; }

    public string RootfsPath { get; }

    public string ConfigurationPath => Path.Combine(ContainerDirectory, "config");

    /// <summary>What init starts when it has booted.</summary>
    private string Work => Options.Payload == PayloadMode.None ? "/bin/sleep 1000000" : $"/bin/payload {ContainerConfiguration.Mode(Options)} {Options.Port}";

    /// <summary>LXC's own log at trace level.</summary>
    public string LogPath => Path.Combine(ContainerDirectory, "lxc.log");

    /// <summary>Process 1 as the host numbers it: of the last start or <see cref="Adopt"/>.</summary>
    public int InitPid { get; private set; }

    /// <summary>The host's ends of the NICs, in the order of <see cref="LxcContainerOptions.Nics"/>, as found after the start.</summary>
    public IReadOnlyList<string> HostLinks { get; private set; } = [];

    /// <summary>The IPv4 address of the first NIC.</summary>
    public string Ipv4 => Options.Nics[0].Ipv4;

    /// <summary>Creates a container without starting it.</summary>
    public static LxcContainer Create(LxcContainerOptions options)
    {
        var container = new LxcContainer(options);
        _alive[container] = 0;
        try
        {
            container.CreateFiles();
        }
        catch
        {
            container.Dispose();
            throw;
        }
        return container;
    }

    /// <summary>Creates a container and starts it.</summary>
    public static LxcContainer Start(LxcContainerOptions options)
    {
        var container = Create(options);
        try
        {
            container.Start();
        }
        catch
        {
            container.Dispose();
            throw;
        }
        return container;
    }

    /// <summary>Creates a container on a bridge of its own, with an IPv4 address alone, and starts it.</summary>
    /// <param name="options">What else it has.</param>
    public static LxcContainer StartOnBridge(LxcContainerOptions? options = null)
    {
        Requirement.Lxc();
        var bridge = HostBridge.Create();
        try
        {
            var container = Start((options ?? new LxcContainerOptions()) with { Nics = [new ContainerNic(bridge) { HasIpv6 = false }] });
            container._bridge = bridge;
            return container;
        }
        catch
        {
            bridge.Dispose();
            throw;
        }
    }

    /// <summary>Starts it, and returns when it has booted and all its addresses can be used.</summary>
    /// <exception cref="InvalidOperationException">LXC could not; the message has the errors of its log.</exception>
    public void Start()
    {
        if (Options.HasStaleCgroups)
            foreach (var hierarchy in CgroupTree.Hierarchies)
                foreach (var kind in (string[])["payload", "monitor"])
                    Directory.CreateDirectory(Path.Combine(hierarchy + OwnCgroup(hierarchy), $"lxc.{kind}.{Name}"));

        var started = Command.Run("lxc-start", "-n", Name, "-d", "-l", "TRACE", "-o", LogPath);
        if (!started.Succeeded)
            throw new InvalidOperationException($"{started}{ReadErrors()}");
        Command.Output("lxc-wait", "-n", Name, "-s", "RUNNING", "-t", "20");
        Adopt(int.Parse(Command.Output("lxc-info", "-n", Name, "-p", "-H").Trim(), CultureInfo.InvariantCulture));
        // Init runs its boot script to the end, and then this; a container of another init has none of it.
        if (!File.ReadLines(ConfigurationPath).Any(line => line.StartsWith("lxc.init.cmd", StringComparison.Ordinal)))
            AwaitProcesses(Work);
        FindHostLinks();
        foreach (var route in Options.Routes)
            Inside("net", "ip", [route.Contains(':', StringComparison.Ordinal) ? "-6" : "-4", "route", "add", .. route.Split(' ')]).OrThrow();
        Wait.For("the network is up",
            () => Options.Nics.All(nic => Inside("net", "ip", "link", "show", nic.Name).Output.Contains("state UP", StringComparison.Ordinal)));
        if (Options.Nics.Any(nic => nic.HasIpv6))
            Wait.For("IPv6 addresses are past duplicate address detection", () => Inside("net", "ip", "-6", "addr", "show", "tentative")
                .OrThrow().Output.Length == 0);
    }

    /// <summary>Tells that the container's process 1 is now <paramref name="pid"/>, because it was restored.</summary>
    public void Adopt(int pid)
    {
        _inits.Add((pid, ProcessTable.StartTime(pid)));
        InitPid = pid;
    }

    /// <summary>Adds a host link to remove at the end, in case the restore gave it a new name.</summary>
    public void AddHostLink(string name) => _hostLinks.Add(name);

    /// <summary>
    /// Runs a program of the host in some of the container's namespaces ("net", "net,mount", "all"): as a child of the tests, so that the container's
    /// process tree and cgroups stay as they are.
    /// </summary>
    public CommandResult Inside(string namespaces, string file, params IReadOnlyCollection<string> arguments)
    {
        var which = namespaces == "all"
            ? ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup"]
            : namespaces.Split(',').Select(one => "--" + one);
        return Command.Run("nsenter", ["--target", $"{InitPid}", .. which, file, .. arguments]);
    }

    /// <summary>Waits until the container has a process for each of these command lines: what comes before its program's start is done then.</summary>
    public void AwaitProcesses(params IReadOnlyCollection<string> commandLines) =>
        Wait.For($"{string.Join(", ", commandLines)} to run", () =>
        {
            var space = ProcessTable.Link(InitPid, "ns/pid");
            var running = ProcessTable.Living().Where(pid => ProcessTable.Link(pid, "ns/pid") == space).Select(ProcessTable.CommandLine).ToList();
            return commandLines.All(running.Remove);
        });

    /// <summary>A connection to the payload, waiting until it listens.</summary>
    public PayloadClient ConnectPayload(bool overIpv6 = false) =>
        PayloadClient.Connect(overIpv6 ? Options.Nics[0].Ipv6 : Options.Nics[0].Ipv4, Options.Port);

    /// <summary>What LXC says: RUNNING, STOPPED, FROZEN …</summary>
    public string State() => Command.Output("lxc-info", "-n", Name, "-s", "-H").Trim();

    /// <summary>Kills the container by LXC and waits for its end; the files stay.</summary>
    public void Stop() => Command.Output("lxc-stop", "-n", Name, "-k");

    /// <summary>The errors that LXC logged.</summary>
    public string ReadErrors() => !File.Exists(LogPath) ? "" :
        string.Join('\n', File.ReadLines(LogPath)
            .Where(line => line.Contains(" ERROR ", StringComparison.Ordinal) || line.Contains(" WARN ", StringComparison.Ordinal)));

    public void Dispose()
    {
        if (!_alive.TryRemove(this, out _))
            return;
        ContainerCleanup.Run(Name, ContainerDirectory, _inits, _hostLinks);
        _bridge?.Dispose();
    }

    private void CreateFiles()
    {
        var network = Path.GetTempFileName();
        try
        {
            File.WriteAllText(network, ContainerConfiguration.Network(Options));
            Command.Output("lxc-create", "-n", Name, "-t", "busybox", "-f", network);
        }
        finally
        {
            File.Delete(network);
        }
        if (Options.RootfsDirectory != "rootfs")
            Directory.Move(Path.Combine(ContainerDirectory, "rootfs"), RootfsPath);
        File.WriteAllText(ConfigurationPath, ContainerConfiguration.Complete(File.ReadAllText(ConfigurationPath), RootfsPath, Options));

        // The template's own boot script asks for DHCP, and its inittab opens terminals that are not there.
        var rcS = Path.Combine(RootfsPath, "etc/init.d/rcS");
        var program = Options.Program is null ? "" : "/bin/python /program.py >/program.log 2>&1 &\n";
        File.WriteAllText(rcS, $"#!/bin/sh\n/bin/mount -a\n{string.Concat(Options.BootScript.Select(line => line + "\n"))}{program}");
        if (Options.Program is not null)
        {
            File.Copy(File.ResolveLinkTarget(Requirement.SystemPython, returnFinalTarget: true)?.FullName ?? Requirement.SystemPython,
                Path.Combine(RootfsPath, "bin/python"));
            File.WriteAllText(Path.Combine(RootfsPath, "program.py"), Options.Program);
        }
        File.WriteAllText(Path.Combine(RootfsPath, "etc/inittab"), $"::sysinit:/etc/init.d/rcS\n::once:{Work}\n");
        if (Options.Payload != PayloadMode.None)
            File.Copy(PayloadBinary.Build(), Path.Combine(RootfsPath, "bin/payload"));
        if (Options.IsRootShared)
        {
            Command.Output("mount", "--bind", RootfsPath, RootfsPath);
            Command.Output("mount", "--make-shared", RootfsPath);
        }
    }

    /// <summary>Looks up the host ends of the NICs anew, after a restore.</summary>
    public void FindHostLinks()
    {
        var names = new List<string>();
        foreach (var nic in Options.Nics)
        {
            using var inner = JsonDocument.Parse(Inside("net", "ip", "-j", "link", "show", nic.Name).OrThrow().Output);
            var index = inner.RootElement[0].GetProperty("link_index").GetInt32();
            using var host = JsonDocument.Parse(Command.Output("ip", "-j", "link"));
            var name = host.RootElement.EnumerateArray().First(link => link.GetProperty("ifindex").GetInt32() == index).GetProperty("ifname").GetString()!;
            names.Add(name);
            _hostLinks.Add(name);
        }
        HostLinks = names;
    }

    /// <summary>Where LXC makes its cgroups: in the caller's own one.</summary>
    private static string OwnCgroup(string hierarchy)
    {
        var controller = Path.GetFileName(hierarchy);
        var lines = File.ReadAllLines("/proc/self/cgroup");
        string? line = lines.FirstOrDefault(line => line.Split(':')[1].Split(',').Any(one => one == controller || one == "name=" + controller))
            ?? lines.FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal));
        var path = line?[(line.IndexOf(':', line.IndexOf(':') + 1) + 1)..] ?? "";
        return path == "/" ? "" : path;
    }
}
