using System.Reflection;
using System.Runtime.InteropServices;
using LxcNative.Native.Bpf;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Uapi;
using LxcNative.Native.Xtables.Uapi;
using LxcNative.Testing.Abi;

namespace LxcNative.Native.Tests.Abi;

/// <summary>gcc and the machine's own headers prove every number of this assembly that the kernel or the C library gave it.</summary>
public class NativeAbiTests
{
    // What headers older than Linux 6.7 do not have.
    private const string OlderPagemap = """
        #ifndef PAGEMAP_SCAN
        struct pm_scan_arg {
            __u64 size, flags, start, end, walk_end, vec, vec_len, max_pages, category_inverted, category_mask, category_anyof_mask, return_mask;
        };
        #define PAGEMAP_SCAN _IOWR('f', 16, struct pm_scan_arg)
        enum { PAGE_IS_WPALLOWED = 1, PAGE_IS_WRITTEN = 2, PAGE_IS_FILE = 4, PAGE_IS_PRESENT = 8, PAGE_IS_SWAPPED = 16, PAGE_IS_PFNZERO = 32 };
        enum { PM_SCAN_WP_MATCHING = 1 };
        #endif
        """;

    private static readonly Dictionary<string, AbiProgram> Programs = new()
    {
        ["errno"] = new AbiProgram("errno.h").Enumeration(typeof(Errno), "", ("None", "")),
        ["sched"] = new AbiProgram("linux/sched.h").Constants(typeof(Sched)),
        // Those of arm64 are in its asm/fcntl.h, which this machine need not have.
        ["fcntl"] = new AbiProgram("fcntl.h", "sys/file.h", "unistd.h")
            .Constants(typeof(Fcntl), (nameof(Fcntl.O_DIRECT_ARM64), "0200000"), (nameof(Fcntl.O_DIRECTORY_ARM64), "040000"),
                (nameof(Fcntl.O_NOFOLLOW_ARM64), "0100000"))
            .Holds($"sizeof(struct file_handle) == {FileHandleLayout.OffsetOfBytes} && MAX_HANDLE_SZ == {FileHandleLayout.MAX_HANDLE_SZ}", "file_handle"),
        ["file handles"] = new AbiProgram("fcntl.h").Constants(
            typeof(FileHandleLayout),
            (nameof(FileHandleLayout.OffsetOfLength), "offsetof(struct file_handle, handle_bytes)"),
            (nameof(FileHandleLayout.OffsetOfType), "offsetof(struct file_handle, handle_type)"),
            (nameof(FileHandleLayout.OffsetOfBytes), "offsetof(struct file_handle, f_handle)")),
        ["openat2"] = new AbiProgram("linux/openat2.h").Constants(typeof(Openat2)),
        ["stat"] = new AbiProgram("linux/stat.h")
            .Constants(typeof(Stat), (nameof(Stat.S_PERMISSIONS), "07777"))
            .Structure(typeof(statx), "struct statx", ("spare", ""))
            .Structure(typeof(statx_timestamp), "struct statx_timestamp", ("reserved", "")),
        // glibc's dirent64 is the kernel's linux_dirent64, which no header has. FileType is DT_ shifted, which IFTODT says.
        ["dirent"] = new AbiProgram("dirent.h", "sys/stat.h")
            .Constants(
                typeof(Dirent),
                (nameof(Dirent.OffsetOfRecordLength), "offsetof(struct dirent64, d_reclen)"),
                (nameof(Dirent.OffsetOfType), "offsetof(struct dirent64, d_type)"),
                (nameof(Dirent.OffsetOfName), "offsetof(struct dirent64, d_name)"))
            .Holds($"IFTODT({(int)FileType.Socket}) == DT_SOCK && DTTOIF(DT_LNK) == {(int)FileType.SymbolicLink}", "FileType is DT_ shifted"),
        ["system call numbers"] = new AbiProgram("asm/unistd.h").Constants(typeof(SystemCallNumbers)),
        // The generic table is arm64's.
        ["system call numbers of arm64"] = new AbiProgram("asm-generic/unistd.h")
            .Holds("__NR_bpf == 280 && __NR_kcmp == 272 && __NR_sched_setaffinity == 122 && __NR_ioprio_set == 30 && __NR_ioprio_get == 31 && "
                + "__NR_close == 57 && __NR_userfaultfd == 282", "arm64"),
        ["kcmp"] = new AbiProgram("linux/kcmp.h").Constants(typeof(Kcmp)).Structure(typeof(kcmp_epoll_slot), "struct kcmp_epoll_slot"),
        ["ioprio"] = new AbiProgram("linux/ioprio.h").Constants(typeof(Ioprio)),
        ["capability"] = new AbiProgram("linux/capability.h").Constants(typeof(Capability)),
        // Linux 6.9's headers name it; before that the flag is what it was defined as.
        ["pidfd"] = new AbiProgram("fcntl.h").Constants(typeof(Pidfd), (nameof(Pidfd.PIDFD_THREAD), "O_EXCL")),
        ["sockios"] = new AbiProgram("linux/sockios.h").Constants(typeof(Sockios)),
        // Headers older than Linux 6.11 do not name the last.
        ["nsfs"] = new AbiProgram("linux/nsfs.h", "sys/ioctl.h").Constants(typeof(Nsfs), (nameof(Nsfs.NS_GET_TGID_IN_PIDNS), "_IOR(NSIO, 9, int)")),
        ["mount"] = new AbiProgram("fcntl.h", "linux/mount.h").Constants(typeof(Mount)).Structure(typeof(mount_attr), "struct mount_attr"),
        ["bpf"] = new AbiProgram("linux/bpf.h")
            .Constants(
                typeof(BPF),
                (nameof(BPF.BPF_CALL_INSTRUCTION), "BPF_JMP | BPF_CALL"),
                (nameof(BPF.BPF_WIDE_LOAD), "BPF_LD | BPF_DW | BPF_IMM"),
                (nameof(BPF.BPF_EXIT_INSTRUCTION), "BPF_JMP | BPF_EXIT"),
                (nameof(BPF.BPF_LDX_WORD), "BPF_LDX | BPF_MEM | BPF_W"),
                (nameof(BPF.BPF_MOV_REGISTER), "BPF_ALU64 | BPF_MOV | BPF_X"),
                (nameof(BPF.BPF_MOV_CONSTANT), "BPF_ALU64 | BPF_MOV | BPF_K"),
                (nameof(BPF.BPF_AND_CONSTANT), "BPF_ALU64 | BPF_AND | BPF_K"),
                (nameof(BPF.BPF_RSH_CONSTANT), "BPF_ALU64 | BPF_RSH | BPF_K"),
                (nameof(BPF.BPF_JNE_CONSTANT), "BPF_JMP | BPF_JNE | BPF_K"),
                (nameof(BPF.BPF_JEQ_CONSTANT), "BPF_JMP | BPF_JEQ | BPF_K"),
                (nameof(BPF.InstructionSize), "sizeof(struct bpf_insn)"),
                (nameof(BPF.DeviceAccessType), "offsetof(struct bpf_cgroup_dev_ctx, access_type)"),
                (nameof(BPF.DeviceMajor), "offsetof(struct bpf_cgroup_dev_ctx, major)"),
                (nameof(BPF.DeviceMinor), "offsetof(struct bpf_cgroup_dev_ctx, minor)"),
                (nameof(BPF.AttachReplaced), "offsetof(union bpf_attr, replace_bpf_fd)"),
                (nameof(BPF.AttributeSize), "72"),
                (nameof(BPF.LoadType), "offsetof(union bpf_attr, prog_type)"),
                (nameof(BPF.LoadCount), "offsetof(union bpf_attr, insn_cnt)"),
                (nameof(BPF.LoadInstructions), "offsetof(union bpf_attr, insns)"),
                (nameof(BPF.LoadLicense), "offsetof(union bpf_attr, license)"),
                (nameof(BPF.LoadLogLevel), "offsetof(union bpf_attr, log_level)"),
                (nameof(BPF.LoadLogSize), "offsetof(union bpf_attr, log_size)"),
                (nameof(BPF.LoadLog), "offsetof(union bpf_attr, log_buf)"),
                (nameof(BPF.AttachTarget), "offsetof(union bpf_attr, target_fd)"),
                (nameof(BPF.AttachProgram), "offsetof(union bpf_attr, attach_bpf_fd)"),
                (nameof(BPF.AttachType), "offsetof(union bpf_attr, attach_type)"),
                (nameof(BPF.AttachFlags), "offsetof(union bpf_attr, attach_flags)"),
                (nameof(BPF.ProgramId), "offsetof(union bpf_attr, prog_id)"),
                (nameof(BPF.InfoDescriptor), "offsetof(union bpf_attr, info.bpf_fd)"),
                (nameof(BPF.InfoLength), "offsetof(union bpf_attr, info.info_len)"),
                (nameof(BPF.Info), "offsetof(union bpf_attr, info.info)"),
                (nameof(BPF.QueryTarget), "offsetof(union bpf_attr, query.target_fd)"),
                (nameof(BPF.QueryType), "offsetof(union bpf_attr, query.attach_type)"),
                (nameof(BPF.QueryAttachFlags), "offsetof(union bpf_attr, query.attach_flags)"),
                (nameof(BPF.QueryPrograms), "offsetof(union bpf_attr, query.prog_ids)"),
                (nameof(BPF.QueryCount), "offsetof(union bpf_attr, query.prog_cnt)"),
                (nameof(BPF.ProgramInfoType), "offsetof(struct bpf_prog_info, type)"),
                (nameof(BPF.ProgramInfoLength), "offsetof(struct bpf_prog_info, xlated_prog_len)"),
                (nameof(BPF.ProgramInfoInstructions), "offsetof(struct bpf_prog_info, xlated_prog_insns)"),
                // A bit field, whose offset C does not tell: it follows this, and netns_dev it.
                (nameof(BPF.ProgramInfoGpl), "offsetof(struct bpf_prog_info, ifindex) + 4"))
            .Holds($"{BPF.AttributeSize} <= sizeof(union bpf_attr)", "the arguments fit")
            .Holds($"offsetof(struct bpf_prog_info, netns_dev) == {BPF.ProgramInfoGpl} + 4", "the bit field is between them")
            .Enumeration(typeof(CgroupHook), "BPF_CGROUP_", [.. Enum.GetNames<CgroupHook>().Select(name => (name, "BPF_CGROUP_" + HookName(name)))]),
        ["umount"] = new AbiProgram("sys/mount.h").Constants(typeof(Umount)),
        ["statfs"] = new AbiProgram("sys/statfs.h").Structure(typeof(StatFsData), "struct statfs"),
        ["magic"] = new AbiProgram("linux/magic.h").Constants(
            typeof(Magic),
            // In fs/xfs and fs/fuse only.
            (nameof(Magic.XFS_SUPER_MAGIC), "0x58465342"),
            (nameof(Magic.FUSE_SUPER_MAGIC), "0x65735546")),
        ["signals"] = new AbiProgram("signal.h").Constants(typeof(Signals), (nameof(Signals.SizeOfSigset), "sizeof(sigset_t)")),
        ["wait"] = new AbiProgram("sys/wait.h", "poll.h").Constants(typeof(Wait)),
        ["clock"] = new AbiProgram("time.h").Constants(typeof(Clock)),
        ["prctl"] = new AbiProgram("sys/prctl.h").Constants(typeof(Prctl)),
        ["ptrace"] = new AbiProgram("linux/ptrace.h", "linux/elf.h").Constants(typeof(Ptrace)),
        ["registers"] = new AbiProgram("sys/user.h").Structure(typeof(user_regs_struct), "struct user_regs_struct"),
        // Headers older than Linux 6.4 and 6.7 do not name the last two.
        ["userfaultfd"] = new AbiProgram("linux/userfaultfd.h", "sys/ioctl.h")
            .Constants(
                typeof(Userfaultfd),
                (nameof(Userfaultfd.UFFD_FEATURE_WP_UNPOPULATED), "1 << 13"),
                (nameof(Userfaultfd.UFFD_FEATURE_WP_ASYNC), "1 << 15"))
            .Structure(typeof(uffdio_api), "struct uffdio_api")
            .Structure(typeof(uffdio_register), "struct uffdio_register", ("start", "range.start"), ("len", "range.len")),
        ["pagemap"] = new AbiProgram("linux/types.h", "linux/fs.h", "sys/ioctl.h", OlderPagemap)
            .Constants(
                typeof(PagemapScan),
                (nameof(PagemapScan.SizeOfEntry), "sizeof(__u64)"),
                (nameof(PagemapScan.EntrySoftDirty), "1ULL << 55"),
                (nameof(PagemapScan.EntryFile), "1ULL << 61"),
                (nameof(PagemapScan.EntrySwapped), "1ULL << 62"),
                (nameof(PagemapScan.EntryPresent), "1ULL << 63"))
            .Structure(typeof(pm_scan_arg), "struct pm_scan_arg"),
        ["seccomp"] = new AbiProgram("linux/seccomp.h", "linux/filter.h")
            .Constants(typeof(Seccomp), (nameof(Seccomp.SizeOfInstruction), "sizeof(struct sock_filter)"))
            .Structure(typeof(sock_fprog), "struct sock_fprog"),
        ["termios"] = new AbiProgram("termios.h")
            .Constants(typeof(Termios), (nameof(Termios.OpaqueSize), "256"))
            .Holds($"sizeof(struct termios) <= {Termios.OpaqueSize}", "room for struct termios"),
        ["fs"] = new AbiProgram("linux/fs.h").Constants(typeof(Fs)),
        ["ioctls"] = new AbiProgram("sys/ioctl.h").Constants(typeof(Ioctls)).Structure(typeof(winsize), "struct winsize"),
        ["spawn"] = new AbiProgram("spawn.h")
            .Constants(typeof(SpawnFlags), (nameof(SpawnFlags.OpaqueSize), "1024"))
            .Holds($"sizeof(posix_spawnattr_t) <= {SpawnFlags.OpaqueSize}", "room for posix_spawnattr_t")
            .Holds($"sizeof(posix_spawn_file_actions_t) <= {SpawnFlags.OpaqueSize}", "room for posix_spawn_file_actions_t"),
        ["socket options"] = new AbiProgram("sys/socket.h", "netinet/in.h", "linux/in6.h", "linux/tcp.h", "linux/udp.h")
            .Constants(typeof(SocketOptionNames), (nameof(SocketOptionNames.TCP_CA_NAME_MAX), "16")),
        ["tcp"] = new AbiProgram("linux/tcp.h").Constants(typeof(Tcp)),
        ["socket"] = new AbiProgram("sys/socket.h", "sys/un.h", "netinet/in.h").Constants(
            typeof(Socket),
            (nameof(Socket.SizeOfControlHeader), "sizeof(struct cmsghdr)"),
            (nameof(Socket.SizeOfUnixPath), "sizeof(((struct sockaddr_un *)0)->sun_path)"),
            // In net/scm.h only; unix(7) names it.
            (nameof(Socket.SCM_MAX_FD), "253")),
        ["xtables"] = new AbiProgram("linux/netfilter.h", "linux/netfilter_ipv4/ip_tables.h", "linux/netfilter/xt_mark.h")
            .Constants(
                typeof(XT),
                (nameof(XT.TABLE_MAXNAMELEN), "XT_TABLE_MAXNAMELEN"),
                (nameof(XT.EXTENSION_MAXNAMELEN), "XT_EXTENSION_MAXNAMELEN"),
                (nameof(XT.FUNCTION_MAXNAMELEN), "XT_FUNCTION_MAXNAMELEN"),
                (nameof(XT.SO_SET_REPLACE), "IPT_SO_SET_REPLACE"),
                (nameof(XT.SO_SET_ADD_COUNTERS), "IPT_SO_SET_ADD_COUNTERS"),
                (nameof(XT.SO_GET_INFO), "IPT_SO_GET_INFO"),
                (nameof(XT.SO_GET_ENTRIES), "IPT_SO_GET_ENTRIES"))
            .Structure(typeof(ipt_getinfo), "struct ipt_getinfo")
            .Structure(typeof(ipt_get_entries), "struct ipt_get_entries")
            .Structure(typeof(ipt_replace), "struct ipt_replace")
            .Structure(typeof(xt_counters), "struct xt_counters")
            .Structure(typeof(xt_counters_info), "struct xt_counters_info")
            .Structure(typeof(xt_mark_mtinfo1), "struct xt_mark_mtinfo1"),
        ["xtables for IPv6"] = new AbiProgram("linux/netfilter.h", "linux/netfilter_ipv6/ip6_tables.h")
            .Constants(
                typeof(XT),
                (nameof(XT.TABLE_MAXNAMELEN), "XT_TABLE_MAXNAMELEN"),
                (nameof(XT.EXTENSION_MAXNAMELEN), "XT_EXTENSION_MAXNAMELEN"),
                (nameof(XT.FUNCTION_MAXNAMELEN), "XT_FUNCTION_MAXNAMELEN"),
                (nameof(XT.SO_SET_REPLACE), "IP6T_SO_SET_REPLACE"),
                (nameof(XT.SO_SET_ADD_COUNTERS), "IP6T_SO_SET_ADD_COUNTERS"),
                (nameof(XT.SO_GET_INFO), "IP6T_SO_GET_INFO"),
                (nameof(XT.SO_GET_ENTRIES), "IP6T_SO_GET_ENTRIES"))
            .Structure(typeof(ipt_getinfo), "struct ip6t_getinfo")
            .Structure(typeof(ipt_replace), "struct ip6t_replace"),
    };

    // InetSockCreate: INET_SOCK_CREATE.
    private static string HookName(string name) =>
        string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : char.ToUpperInvariant(letter).ToString()));

    public static TheoryData<string> Names => [.. Programs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NumbersAreThoseOfTheHeaders(string name) => Programs[name].Compile();

    [Fact]
    public void NothingOfTheAbiIsLeftUnproved() =>
        Assert.Empty(AbiCoverage.Missing(typeof(Errno).Assembly, ["LxcNative.Native.Uapi", "LxcNative.Native.Interop", "LxcNative.Native.Xtables.Uapi"],
            Programs.Values));

    [Fact]
    public void WrongNumberDoesNotCompile()
    {
        var program = new AbiProgram("errno.h").Enumeration(typeof(Errno), "", ("None", ""), ("ENOENT", "EPERM"));
        Assert.Contains("Errno.ENOENT is 2", Assert.ThrowsAny<Exception>(program.Compile).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryImportedFunctionExists()
    {
        var libc = NativeLibrary.Load("libc.so.6");
        var imports = typeof(Errno).Assembly.GetType("LxcNative.Native.Interop.Libc")!
            .GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(method => method.GetCustomAttribute<LibraryImportAttribute>()?.EntryPoint)
            .OfType<string>()
            .ToList();
        Assert.Contains("posix_spawn", imports);
        Assert.All(imports, import => Assert.True(NativeLibrary.TryGetExport(libc, import, out _), import));
    }
}
