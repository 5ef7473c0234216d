using System.Text.Json;
using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Walkthrough;

/// <summary>docs/walkthrough.md is true: the article's own files, and every command of the page, with a client that never reconnects.</summary>
public class WalkthroughTests
{
    [Fact]
    public void EveryCommandOfThePageWorksAndTheClientNeverNotices()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        var page = WalkthroughPage.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "walkthrough.md")));
        using var host = new SandboxHost();
        File.WriteAllText(host.Home("test-lxc.conf"), page.Files["test-lxc.conf"]);
        Directory.CreateDirectory(host.Home("test-lxc/etc"));
        File.WriteAllText(host.Home("test-lxc/etc/fstab"), page.Files["fstab"]);
        BusyboxTemplate.Write(host.Home("template.tar.gz"));
        var before = State(host);

        DistantClient? client = null;
        try
        {
            long counter = 0;
            foreach (var command in page.Commands)
            {
                var result = host.Run(LxcNativeCommand.Executable, command);
                Assert.True(result.ExitCode == 0, result.ToString());
                switch (string.Join(' ', command.Take(2)))
                {
                    case "host bridge" when command.Contains("--status"):
                        Assert.Contains(Links(host), link => link.GetProperty("ifname")
                            .GetString() == "eth0" && link.TryGetProperty("master", out var master) && master.GetString() == "br0");
                        Assert.Contains($"default via {SandboxHost.ClientAddress} dev br0", host.Run("ip", "route").Output, StringComparison.Ordinal);
                        break;
                    case "container prepare" when !command.Contains("--undo"):
                        Assert.True(File.Exists(host.Home("test-lxc-root/sbin/udevd.bcp")));
                        break;
                    case "container start":
                        client = new DistantClient(host.ClientPid, BusyboxTemplate.Address, BusyboxTemplate.Port);
                        counter = client.Counter();
                        break;
                    case "checkpoint test-lxc":
                        client!.Ask();
                        Assert.Null(client.Answer(TimeSpan.FromSeconds(0.5)));
                        break;
                    case "restore -D":
                        // What was asked while the container was away is answered over the same connection.
                        Assert.InRange(client!.Answer() ?? -1, counter, long.MaxValue);
                        Assert.InRange(client.Counter(), counter + 1, long.MaxValue);
                        break;
                }
            }
        }
        finally
        {
            client?.Dispose();
        }

        Unchanged.Require(before, () => State(host));
        Assert.Empty(Directory.GetFileSystemEntries(host.Home("../-var-lib-lxc")));
        Assert.Equal(["images", "template.tar.gz", "test-lxc", "test-lxc.conf"], Directory.GetFileSystemEntries(host.Home("")).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    private static List<JsonElement> Links(SandboxHost host) => [.. JsonDocument.Parse(host.Run("ip", "-j", "link").Output).RootElement.EnumerateArray()];

    private static string State(SandboxHost host) =>
        host.Run("ip", "-o", "-4", "addr").Output + host.Run("ip", "route").Output
            + string.Join(' ', Links(host).Select(link => link.GetProperty("ifname").GetString()));
}
