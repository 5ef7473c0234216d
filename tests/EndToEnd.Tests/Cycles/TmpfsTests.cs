using System.Globalization;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>What is in a container's private tmpfs comes back, whoever saved it.</summary>
public class TmpfsTests
{
    // Reached from outside through /proc/PID/root, by programs that the container does not have.
    private const string Fill = """
        cd "$1"; umask 0; mkdir -p d/e empty; chmod 1777 d; chown 12:34 d/e
        head -c 5000000 /dev/urandom >large; truncate -s 50M sparse; printf x | dd of=sparse bs=1 seek=30000000 conv=notrunc 2>/dev/null
        for i in $(seq 300); do printf %s "$i" >d/e/f$i; done; ln d/e/f1 d/other; ln -s ../nowhere d/link; mkfifo -m 640 fifo; mknod -m 600 null c 1 3
        chmod 4711 d/e/f2; touch -d '2001-02-03 04:05:06.123456789' d/e/f3 d/e
        python3 -c 'import os, socket; s = socket.socket(socket.AF_UNIX); s.bind("socket"); os.setxattr("d/other", "trusted.lxn", b"\0value")'
        """;

    // What is mounted on /dev/mqueue, /dev/pts and /dev/ptmx is not of the tmpfs.
    private const string Describe = """
        cd "$1"; find . -xdev ! -path ./mqueue ! -path './pt*' -printf '%p %y %m %U %G %n %T@ %b %l ' \( -type f -printf '%s ' -exec sha256sum {} \; -o -printf '\n' \) | sort
        python3 -c 'import os; [print(p, n, os.getxattr(p, n)) for d, _, fs in sorted(os.walk(".")) for f in sorted(fs) for p in [d + "/" + f] if not os.path.islink(p) for n in os.listxattr(p)]'
        """;

    [Fact]
    public void EverythingComesBackToTheNanosecond()
    {
        using var container = Started();
        using var images = new TemporaryDirectory();
        var before = string.Join('\n', Places(container).Select(place => Shell(Describe, place)));
        Assert.Contains("large", before, StringComparison.Ordinal);

        var result = Cycle.Checkpoint(container, images["1"], "--tmpfs", "native");
        Assert.Empty(result.GetProperty("warnings").EnumerateArray());
        Assert.Equal(3, Directory.EnumerateFiles(images["1"], "lxcnative-tmpfs-*.img").Count());
        var monitor = Cycle.Restore(container, images["1"]).GetProperty("monitorPid").GetInt32();

        Assert.Equal(before, string.Join('\n', Places(container).Select(place => Shell(Describe, place))));
        Assert.False(Directory.Exists($"/run/lxcnative/restores/{monitor}"));
    }

    [Fact]
    public void WhatIsMountedTwiceIsOneFileSystemAgain()
    {
        using var container = Started();
        using var images = new TemporaryDirectory();
        Inside(container, "mkdir -p /run/again; mount --bind /run/one /run/again; mount -o remount,bind,ro /run/again");

        Cycle.Checkpoint(container, images["1"], "--tmpfs", "native");
        Cycle.Restore(container, images["1"]);

        File.WriteAllText($"/proc/{container.InitPid}/root/run/one/new", "seen");
        Assert.Equal("seen", File.ReadAllText($"/proc/{container.InitPid}/root/run/again/new"));
        Assert.Throws<IOException>(() => File.WriteAllText($"/proc/{container.InitPid}/root/run/again/new", "no"));
        Assert.Equal("ro", MountOptions(container, "/run/again").Split(',')[0]);
        Assert.Equal("rw", MountOptions(container, "/run/one").Split(',')[0]);
    }

    [Fact]
    public void ImagesOfCriuAreRestoredToo()
    {
        using var container = Started();
        using var images = new TemporaryDirectory();
        Cycle.Checkpoint(container, images["1"], "--tmpfs", "criu", "--netns", "criu");
        Assert.Empty(Directory.EnumerateFiles(images["1"], "lxcnative-tmpfs-*"));
        Cycle.Restore(container, images["1"]);
        Assert.Equal("300", File.ReadAllText($"/proc/{container.InitPid}/root/run/one/d/e/f300"));
    }

    private static LxcContainer Started()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        var container = LxcContainer.Start(new LxcContainerOptions());
        Inside(container, "mkdir -p /run/one; mount -t tmpfs -o size=80m,mode=1750,nosuid one /run/one");
        Shell(Fill, $"/proc/{container.InitPid}/root/run/one");
        return container;
    }

    private static string[] Places(LxcContainer container) =>
        [$"/proc/{container.InitPid}/root/run/one", $"/proc/{container.InitPid}/root/dev", $"/proc/{container.InitPid}/root/dev/shm"];

    private static string MountOptions(LxcContainer container, string point) =>
        File.ReadLines($"/proc/{container.InitPid}/mountinfo").Select(line => line.Split(' ')).Single(fields => fields[4] == point)[5];

    private static void Inside(LxcContainer container, string script) =>
        Command.Output("nsenter", ["-t", container.InitPid.ToString(CultureInfo.InvariantCulture), "-m", "-p", "--", "/bin/sh", "-ec", script]);

    private static string Shell(string script, params string[] arguments) => Command.Output("/bin/sh", ["-ec", script, "sh", .. arguments]);
}
