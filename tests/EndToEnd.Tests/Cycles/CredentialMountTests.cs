using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>The empty file systems of systemd for the credentials of units, one of which its unit has open, as agetty does of Debian 13: criu knows no
/// ramfs.</summary>
public class CredentialMountTests
{
    private const string Place = "/run/credentials/getty.service", Other = "/other";

    private const string Program = $$"""
        import ctypes, os, time
        libc = ctypes.CDLL(None, use_errno=True)
        os.makedirs('{{Place}}')
        assert libc.mount(b'ramfs', b'{{Place}}', b'ramfs', 0, b'mode=700') == 0, ctypes.get_errno()
        os.chmod('{{Place}}', 0o500)
        os.chown('{{Place}}', 7, 8)
        # MS_NOSYMFOLLOW too, which criu does not know: 256.
        assert libc.mount(None, b'{{Place}}', None, 4096 | 32 | 1 | 2 | 256, None) == 0, ctypes.get_errno()
        os.makedirs('{{Other}}')
        assert libc.mount(b'none', b'{{Other}}', b'proc', 2 | 256, None) == 0, ctypes.get_errno()
        held = os.open('{{Place}}', os.O_RDONLY | os.O_DIRECTORY)
        while True:
            open('/said', 'a').write('%o %d ' % (os.fstat(held).st_mode, len(os.listdir(held))))
            time.sleep(0.1)

        """;

    [Fact]
    public void ComeBackWithWhoHasThemOpen()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None, Program = Program });
        using var images = new TemporaryDirectory();
        RequireRunning(container);
        var before = Seen(container);
        Assert.Contains("ro,nosuid", before, StringComparison.Ordinal);
        Assert.DoesNotContain("LXN070", LxcNativeCommand.Run("check", container.Name).Output, StringComparison.Ordinal);
        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);
            RequireRunning(container);
            Assert.Equal(before, Seen(container));
        }
    }

    private static void RequireRunning(LxcContainer container)
    {
        var said = Path.Combine(container.RootfsPath, "said");
        File.WriteAllText(said, "");
        Wait.For("it goes on", () => File.ReadAllText(said).Contains("40500 0 ", StringComparison.Ordinal));
    }

    // Of each its options, its type, and whose its directory is.
    private static string Seen(LxcContainer container) => string.Join(", ", ((string[])[Place, Other]).Select(place =>
    {
        var fields = File.ReadLines($"/proc/{container.InitPid}/mountinfo").Select(line => line.Split(' ')).Single(fields => fields[4] == place);
        var owner = Command.Output("stat", "-c", "%u %g %a", $"/proc/{container.InitPid}/root{place}").Trim();
        return $"{fields[5]} {fields[Array.IndexOf(fields, "-") + 1]} {owner}";
    }));
}
