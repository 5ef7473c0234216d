using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LxcNative.Bench.Live;

/// <summary>A running LXC container: one veth on a bridge of its own, /dev and /dev/shm as tmpfs, payload.c as its init.</summary>
public sealed class BenchContainer : IDisposable
{
    public const int Port = 7000;
    private static int _count;
    private readonly string _tag = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
    private readonly int _subnet = 200 + Interlocked.Increment(ref _count) % 50;

    public BenchContainer(ContainerShape shape)
    {
        Shape = shape;
        Directory.CreateDirectory(Images);
        // Else every way would pay for the images that were deleted before (see SpreadDirectory of lxcnative, which does not).
        Tool.Try("chattr", "+T", Images);
        try
        {
            MakeBridge();
            MakeFiles();
            Start();
            Meter = new PauseMeter(Path.Combine(Rootfs, "meter"));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ContainerShape Shape { get; }

    public string Name => $"lxn-bench-{_tag}";

    public string Bridge => $"lxnb{_tag}";

    public string Address => $"10.{_subnet}.77.2";

    public string Rootfs => $"{Home}/rootfs";

    /// <summary>A directory for images, on the same file system as lxcnative's own default.</summary>
    public string Images => $"/var/lib/lxcnative/{Name}";

    /// <summary>The process 1, as the host sees it: of the start or the last restore.</summary>
    public int InitPid { get; set; }

    /// <summary>The name of the host's end of its veth.</summary>
    public string HostLink { get; set; } = "";

    /// <summary>What measures its pauses from inside.</summary>
    public PauseMeter Meter { get; } = null!;

    private string Home => $"/var/lib/lxc/{Name}";

    private string MacAddress => $"00:16:3e:{_tag[..2]}:{_tag[2..4]}:{_tag[4..]}";

    /// <summary>A directory for images that does not exist.</summary>
    public string NewImages() => Path.Combine(Images, Guid.NewGuid().ToString("N")[..8]);

    /// <summary>Waits until LXC's monitor of an ended container has ended too: it removes the cgroups, which a restore meanwhile makes again.</summary>
    public void WaitForMonitor()
    {
        for (var i = 0; i < 500 && Tool.Try("pgrep", "-f", $"^\\[lxc monitor\\] .* {Name}$").Succeeded; i++)
            Thread.Sleep(10);
    }

    /// <summary>Ends it and starts it anew: what criu alone has restored cannot be dumped by it a second time.</summary>
    public void StartAnew()
    {
        Tool.Try("kill", "-KILL", InitPid.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < 500 && (Directory.Exists($"/proc/{InitPid}") || Directory.Exists($"/sys/class/net/{HostLink}")); i++)
            Thread.Sleep(10);
        Start();
    }

    public void Dispose()
    {
        Meter?.Dispose();
        Tool.Try("lxc-stop", "-n", Name, "-k");
        if (InitPid != 0 && File.Exists($"/proc/{InitPid}/cgroup") && File.ReadAllText($"/proc/{InitPid}/cgroup").Contains(Name, StringComparison.Ordinal))
            Tool.Try("kill", "-KILL", InitPid.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < 100 && InitPid != 0 && Directory.Exists($"/proc/{InitPid}"); i++)
            Thread.Sleep(20);
        Thread.Sleep(200);
        foreach (var kind in (string[])["payload", "monitor"])
            Tool.Try("find", "/sys/fs/cgroup", "-depth", "-type", "d", "-path", $"*/lxc.{kind}.{Name}*", "-exec", "rmdir", "{}", ";");
        Tool.Try("lxc-destroy", "-n", Name, "-f");
        Tool.Try("ip", "link", "del", Bridge);
        if (Directory.Exists(Images))
            Directory.Delete(Images, recursive: true);
    }

    private void Start()
    {
        Tool.Output("lxc-start", "-n", Name, "-d");
        Tool.Output("lxc-wait", "-n", Name, "-s", "RUNNING", "-t", "20");
        InitPid = int.Parse(Tool.Output("lxc-info", "-n", Name, "-p", "-H"), CultureInfo.InvariantCulture);
        HostLink = Tool.Output("lxc-info", "-n", Name).Split('\n').First(line => line.StartsWith("Link:", StringComparison.Ordinal))["Link:".Length..].Trim();
        // An ARP request that met a closed network would be repeated a second later only: that is not what is measured.
        Tool.Output("ip", "neigh", "replace", Address, "lladdr", MacAddress, "dev", Bridge, "nud", "permanent");
        using var client = ClientGap.Connect(this);
    }

    private void MakeBridge()
    {
        // With an address of its own: else its address changes with its ports, and the kernel forgets all neighbours.
        Tool.Output("ip", "link", "add", Bridge, "address", $"02:16:3e:{_tag[..2]}:{_tag[2..4]}:{_tag[4..]}", "type", "bridge", "forward_delay", "0");
        Tool.Output("ip", "addr", "add", $"10.{_subnet}.77.1/24", "dev", Bridge);
        Tool.Output("ip", "link", "set", Bridge, "up");
    }

    private void MakeFiles()
    {
        var network = Path.GetTempFileName();
        File.WriteAllText(network,
            $"lxc.net.0.type = veth\nlxc.net.0.link = {Bridge}\nlxc.net.0.flags = up\nlxc.net.0.name = eth0\nlxc.net.0.hwaddr = "
            + $"{MacAddress}\nlxc.net.0.ipv4.address = {Address}/24\n");
        Tool.Output("lxc-create", "-n", Name, "-t", "busybox", "-f", network);
        File.Delete(network);
        var payload = Path.Combine(Path.GetTempPath(), $"lxn-bench-payload-{_tag}");
        Tool.Output("gcc", "-static", "-O2", "-pthread", "-o", payload, Path.Combine(Repository.Root, "bench", "Live", "payload.c"));
        File.Move(payload, $"{Rootfs}/bin/payload");
        File.WriteAllBytes($"{Rootfs}/meter", new byte[4096]);
        // Bind sources that are symbolic links cannot be restored by lxc-checkpoint, and the static payload needs none of them.
        var text = new StringBuilder();
        foreach (var line in File.ReadLines($"{Home}/config").Where(line => !line.StartsWith("lxc.mount.entry", StringComparison.Ordinal)))
            text.AppendLine(line);
        text.AppendLine("lxc.console.path = none").AppendLine("lxc.tty.max = 0").AppendLine("lxc.mount.entry = shm dev/shm tmpfs defaults,create=dir 0 0");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"lxc.init.cmd = /bin/payload {Shape.Processes} {Shape.Megabytes} {Shape.Sockets} "
            + $"{Port}{(Shape.HasRing ? " ring" : "")}{(Shape.HasInside ? " inside" : "")}");
        for (var i = 0; i < Shape.Binds; i++)
            text.AppendLine(CultureInfo.InvariantCulture, $"lxc.mount.entry = {Images} mnt/b{i} none bind,create=dir 0 0");
        for (var i = 0; i < Shape.Tmpfs; i++)
            text.AppendLine(CultureInfo.InvariantCulture, $"lxc.mount.entry = t{i} mnt/t{i} tmpfs defaults,create=dir 0 0");
        File.WriteAllText($"{Home}/config", text.ToString());
    }
}
