using LxcNative.Native.Criu;
using LxcNative.Native.Files;

namespace LxcNative.Native.Tests.Criu;

public sealed class OptionsTests
{
    [Fact]
    public void EveryOptionIsAcceptedByLibCriu()
    {
        using var directory = FileOpen.Open("/tmp", OpenFlags.Directory);
        using var options = new CriuOptions(LiveCriu.Require().Library)
        {
            ServiceBinary = "/bin/criu",
            Pid = 1,
            ImagesDirectory = directory,
            WorkDirectory = directory,
            LogFile = "dump.log",
            LogLevel = 4,
            Root = "/mnt",
            LeaveRunning = true,
            TcpEstablished = true,
            TcpClose = false,
            TcpSkipInFlight = true,
            FileLocks = true,
            ShellJob = true,
            ExternalUnixSockets = true,
            LinkRemap = true,
            GhostLimit = uint.MaxValue,
            EvasiveDevices = true,
            ForceIrmap = true,
            ManageCgroups = CriuManageCgroups.Strict,
            FreezeCgroup = "/sys/fs/cgroup/x",
            Timeout = 10,
            AutoExternalMounts = true,
            ExternalSharing = true,
            ExternalMasters = true,
            NetworkLock = CriuNetworkLock.Skip,
            OrphanPtsMaster = true,
            MountNamespaceCompatibility = true,
            LsmProfile = "apparmor:unconfined",
            ConfigFile = "/tmp/criu.conf",
            TrackMemory = true,
            ParentImages = "../parent",
            EmptyNamespaces = 0x40000000,
        };
        options.AddCgroupRoot("memory,cpu", "/x");
        options.AddCgroupRoot(null, "/x");
        options.AddExternal("net[1]:key");
        options.AddExternalMount("/proc", "proc");
        options.AddInheritFd(directory, "key");
        options.AddInheritFd(7, "other");
        options.AddEnabledFileSystem("all");
        options.AddSkipMount("/skip");
        options.AddIrmapPath("/var");

        Assert.Equal((1, "dump.log", CriuNetworkLock.Skip), (options.Pid, options.LogFile, options.NetworkLock));
    }

    [Fact]
    public void DefaultsAreCrius()
    {
        using var options = new CriuOptions(LiveCriu.Require().Library);

        Assert.Equal((CriuManageCgroups.Soft, CriuNetworkLock.Iptables, 1u << 20), (options.ManageCgroups, options.NetworkLock, options.GhostLimit));
    }

    [Fact]
    public void WrongValuesAreRefusedBeforeLibCriuSeesThem()
    {
        using var options = new CriuOptions(LiveCriu.Require().Library);

        Assert.Throws<ArgumentOutOfRangeException>(() => options.Pid = 0);
        Assert.Throws<ArgumentException>(() => options.LogFile = "logs/dump.log");
        Assert.Throws<ArgumentException>(() => options.AddExternal("mnt[/a\0b]:c"));
        Assert.Throws<ArgumentException>(() => options.Root = "");
        Assert.Throws<CriuException>(() => options.NetworkLock = (CriuNetworkLock)17);
    }

    [Fact]
    public void DisposedOptionsAreNotTouched()
    {
        var options = new CriuOptions(LiveCriu.Require().Library);
        options.Dispose();
        options.Dispose();

        Assert.Throws<ObjectDisposedException>(() => options.Pid = 1);
    }
}
