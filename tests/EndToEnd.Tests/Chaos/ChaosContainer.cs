using System.Globalization;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Chaos;

/// <summary>A container that is checkpointed and restored again and again, with a connection that has to outlive it all.</summary>
internal sealed class ChaosContainer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly LxcContainer _container;
    private readonly PayloadClient _payload;
    private PayloadStatus _status;

    public ChaosContainer(HostBridge bridge)
    {
        _container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }] });
        _payload = _container.ConnectPayload();
        _status = _payload.RequireGoingOn();
    }

    public string Name => _container.Name;

    public int InitPid => _container.InitPid;

    /// <summary>Whether the init that was known last is there.</summary>
    public bool IsRunning => ProcessTable.IsAlive(InitPid) && ProcessTable.Read(InitPid, "cgroup").Contains($"lxc.payload.{Name}", StringComparison.Ordinal);

    /// <summary>Takes note of the init of a restore whose answer may not have come.</summary>
    /// <returns>False when the container does not run.</returns>
    public bool FindInit()
    {
        if (IsRunning)
            return true;
        var inits = ProcessTable.Living().Where(pid => ProcessTable.Status(pid, "NSpid").Split('\t') is [_, "1"]
            && ProcessTable.Read(pid, "cgroup").Contains($"/lxc.payload.{Name}", StringComparison.Ordinal)).ToList();
        if (inits.Count == 0)
            return false;
        if (inits.Count > 1)
            throw new ViolationException($"{Name} runs {inits.Count} times: {string.Join(", ", inits)}");
        _container.Adopt(inits[0]);
        return true;
    }

    /// <summary>Whether all of it goes on, its connection too.</summary>
    /// <exception cref="ViolationException">It does not.</exception>
    public void RequireGoingOn()
    {
        try
        {
            _status = _payload.RequireGoingOn(_status);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or System.Net.Sockets.SocketException)
        {
            throw new ViolationException($"{Name} runs, but not as before: {e.Message}");
        }
    }

    /// <summary>What a run that is over may not leave.</summary>
    /// <exception cref="ViolationException">Something is left.</exception>
    public void RequireNothingLeft()
    {
        var left = new List<string>();
        Wait.Until(() => (left = Left()).Count == 0, Patience);
        if (left.Count > 0)
            throw new ViolationException($"left of {Name}: {string.Join("; ", left)}");
    }

    public void Dispose()
    {
        _payload.Dispose();
        _container.Dispose();
    }

    private List<string> Left()
    {
        var left = new List<string>();
        left.AddRange(File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains("/run/lxcnative/", StringComparison.Ordinal)));
        left.AddRange(Directory.EnumerateFiles(_container.RootfsPath, "*.cr.*.ghost", SearchOption.AllDirectories));
        left.AddRange(Directory.EnumerateFiles(_container.RootfsPath, "link_remap.*", SearchOption.AllDirectories));
        left.AddRange(Tables(""));
        if (IsRunning)
        {
            left.AddRange(Tables($"--target {InitPid} --net"));
            var ends = Command.Output("ip", "-j", "link", "show", "master", _container.Options.Nics[0].Bridge.Name).Split("\"ifname\"").Length - 1;
            if (ends != 1)
                left.Add(string.Create(CultureInfo.InvariantCulture, $"{ends} ports of the bridge"));
        }
        else
            left.AddRange(Directory.EnumerateDirectories("/sys/fs/cgroup").SelectMany(one => Directory.EnumerateDirectories(one, $"lxc.*.{Name}*")));
        return left;
    }

    private static IEnumerable<string> Tables(string where) =>
        (where.Length == 0 ? Command.Output("nft", "list", "tables") : Command.Output("nsenter", [.. where.Split(' '), "nft", "list", "tables"]))
            .Split('\n').Where(line => line.Contains("lxcnative", StringComparison.Ordinal));
}
