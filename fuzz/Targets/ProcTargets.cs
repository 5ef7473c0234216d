using LxcNative.Native.AppArmor;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Preflight.Snapshot;
using static LxcNative.Fuzz.Targets.Corpus;

namespace LxcNative.Fuzz.Targets;

/// <summary>What /proc tells of a container: names, paths and options are the container's own.</summary>
internal static class ProcTargets
{
    private const string MountInfoText = """
        63 1 254:0 /var/lib/c\040d /a\134b rw,relatime shared:1 master:2 propagate_from:3 - ext4 /dev/vda rw,errors=remount-ro
        64 63 0:44 / /proc rw,nosuid - proc proc rw
        65 63 0:25 /lxc.payload.x /sys/fs/cgroup rw,unbindable - cgroup2 none rw,nsdelegate

        """;

    private const string StatText = "4711 (a) (b c) S 1 4711 4711 34816 4711 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123456 1000 10 18446744073709551615 1 1 "
        + "0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";

    private const string StatusText = """
        Name:	sh
        Umask:	0022
        State:	S (sleeping)
        Tgid:	4711
        Ngid:	0
        Pid:	4711
        PPid:	1
        TracerPid:	0
        Uid:	0	0	0	0
        Gid:	0	0	0	0
        FDSize:	64
        Groups:	1 2 3
        NStgid:	4711	1
        NSpid:	4711	1
        NSpgid:	4711	1
        NSsid:	4711	1
        Kthread:	0
        VmRSS:	1024 kB
        Threads:	1
        SigQ:	0/1
        SigPnd:	0000000000000000
        ShdPnd:	0000000000000000
        SigBlk:	0000000000000000
        SigIgn:	0000000000000000
        SigCgt:	0000000000000000
        CapInh:	0000000000000000
        CapPrm:	000001ffffffffff
        CapEff:	000001ffffffffff
        CapBnd:	000001ffffffffff
        CapAmb:	0000000000000000
        NoNewPrivs:	0
        Seccomp:	0
        Seccomp_filters:	0

        """;

    /// <summary>They.</summary>
    public static IReadOnlyList<FuzzTarget> List { get; } =
    [
        Of("mountinfo", MountInfoText, text => MountInfo.Parse(text)),
        Of("stat", StatText, text => ProcStat.Parse(text)),
        Of("status", StatusText, text => ProcStatus.Parse(text)),
        Of("fdinfo", "pos:\t0\nflags:\t02004002\nmnt_id:\t15\nino:\t99\ninotify wd:1 ino:2 sdev:3 mask:4\ntfd: 5 events: 19 data: 5\n",
            text => DescriptorInfo.Parse(text)),
        Of("cgroup", "12:cpu,cpuacct:/lxc.payload.a\n1:name=systemd:/lxc.payload.a/init.scope\n0::/lxc.payload.a (deleted)\n",
            text => CgroupMembership.Parse(text)),
        Of("meminfo", "MemTotal:       16384 kB\nMemAvailable:    8192 kB\n", text => MemoryInfo.Parse(text)),
        Of("schedstat", "1 2 3\n", text => ThreadRunTime.Parse(text)),
        Of("locks", "1: POSIX  ADVISORY  WRITE 4711 fe:00:12 0 EOF\n1: -> FLOCK  ADVISORY  READ  1 00:1f:9 1 2\n", text => LockTable.Parse(text))
            with { Refusals = [] },
        Of("apparmor-label", "lxc-a_</var/lib/lxc>//&:lxc-a_<-var-lib-lxc>:unconfined (enforce)", text => AppArmorLabel.Parse(text))
            with { Refusals = [] },
        new FuzzTarget("directory", [DirectoryRecord()], input => DirectoryListing.Parse(input, [], "directory"), typeof(LinuxException)),
    ];

    private static FuzzTarget Of(string name, string seed, Action<string> parse) =>
        new(name, [Text(seed)], input => parse(TextOf(input)), typeof(MalformedProcFileException));

    // struct linux_dirent64: inode, offset, length of the record, type, name.
    private static byte[] DirectoryRecord()
    {
        var record = new byte[48];
        (record[0], record[16], record[18], record[19]) = (7, 24, 4, (byte)'a');
        (record[24], record[40], record[42], record[43]) = (8, 24, 8, (byte)'b');
        return record;
    }
}
