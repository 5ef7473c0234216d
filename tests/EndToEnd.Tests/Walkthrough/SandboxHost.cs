using System.Diagnostics;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Walkthrough;

/// <summary>
/// The machine seen from a mount and a network namespace of its own: /root, LXC's and our own directories are empty, and eth0 leads to a
/// client in a third namespace. So the walkthrough's fixed names meet nothing of the machine's.
/// </summary>
internal sealed class SandboxHost : IDisposable
{
    public const string ClientAddress = "192.0.2.254";
    public const string HostAddress = "192.0.2.1";
    private static readonly string[] _private = ["/root", "/var/lib/lxc", "/var/lib/lxcnative", "/run/lxcnative"];
    private readonly TemporaryDirectory _place = new();
    private readonly Process _host, _client;

    public SandboxHost()
    {
        _client = Hold("unshare", "--net");
        _host = Hold("unshare", "--mount", "--net", "--propagation", "private");
        foreach (var directory in _private)
        {
            var own = _place[directory.Replace('/', '-')];
            Directory.CreateDirectory(own);
            Run("mkdir", "-p", directory).OrThrow();
            Run("mount", "--bind", own, directory).OrThrow();
        }
        // The view of /sys is that of the network namespace in which it was mounted.
        Run("mount", "--rbind", "/sys/fs/cgroup", _place["-root"]).OrThrow();
        Run("mount", "-t", "sysfs", "sysfs", "/sys").OrThrow();
        Run("mount", "--rbind", _place["-root"], "/sys/fs/cgroup").OrThrow();
        Run("umount", "-l", _place["-root"]).OrThrow();
        Run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", $"{_client.Id}").OrThrow();
        foreach (var (at, address) in new[] { (_host, HostAddress), (_client, ClientAddress) })
        {
            In(at, "ip", "link", "set", "lo", "up").OrThrow();
            In(at, "ip", "addr", "add", address + "/24", "dev", "eth0").OrThrow();
            In(at, "ip", "link", "set", "eth0", "up").OrThrow();
        }
        Run("ip", "route", "add", "default", "via", ClientAddress).OrThrow();
        Wait.For("the link is up", () => Run("ip", "link", "show", "eth0").Output.Contains("state UP", StringComparison.Ordinal));
    }

    /// <summary>The process whose network namespace is the client's.</summary>
    public int ClientPid => _client.Id;

    /// <summary>The place of a file below /root, as this process sees it.</summary>
    public string Home(string name) => Path.Combine(_place["-root"], name);

    /// <summary>Runs a program on the host.</summary>
    public CommandResult Run(string file, params string[] arguments) => In(_host, file, arguments);

    public void Dispose()
    {
        // Should a test have failed half-way: whoever is left in the namespaces.
        foreach (var pid in ProcessTable.Living()
            .Where(pid => ProcessTable.Link(pid, "ns/net") is var net && net.Length > 0 && net == ProcessTable.Link(_host.Id, "ns/net")).ToList())
            if (pid != _host.Id)
                Command.Run("kill", "-KILL", $"{pid}");
        foreach (var pid in Inits().ToList())
            Command.Run("kill", "-KILL", $"{pid}");
        Wait.Until(() => !Inits().Any());
        foreach (var holder in new[] { _host, _client })
        {
            holder.Kill();
            holder.WaitForExit();
            holder.Dispose();
        }
        CgroupTree.Remove("test-lxc");
        _place.Dispose();
    }

    // A container's own processes have its root below this place.
    private IEnumerable<int> Inits() =>
        ProcessTable.Living().Where(pid => ProcessTable.Read(pid, "mountinfo").Contains(_place.Path, StringComparison.Ordinal) && pid != _host.Id);

    private static CommandResult In(Process at, string file, params string[] arguments) =>
        Command.Run("nsenter", ["--target", $"{at.Id}", "--mount", "--net", "--wd=/", file, .. arguments]);

    private static Process Hold(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments, "sh", "-c", "echo ready; exec sleep 3600"]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        return process.StandardOutput.ReadLine() == "ready" ? process : throw new InvalidOperationException($"{program} failed");
    }
}
