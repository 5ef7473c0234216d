namespace LxcNative.EndToEnd.Tests.Accuracy;

/// <summary>Every state that is judged by its restore.</summary>
internal static class RestoredStates
{
    private const string Look = "touch /srv/ask; while [ ! -f /srv/told ]; do usleep 20000; done; cat /srv/told; rm -f /srv/ask /srv/told";
    private const string AnotherName = "what is open of a terminal of the host is called by its name there, and one of the container’s devpts has become one";

    /// <summary>Those of states.c, which the pre-flight's own table has too.</summary>
    public static readonly RestoredState[] OfProcesses =
    [
        .. Back("idle", "threads", "children", "zombie", "stopped", "pipes", "anonymous", "locks", "ofd_lock", "sockets", "closed_sockets", "terminal",
            "memory", "seccomp_filter",
            "nested_mount_and_net", "nested_uts", "nested_ipc", "nested_cgroup",
            "pending_signals", "bind_inside", "dead_pidfd", "system_mounts", "pid_for_children", "shares_files", "device_kmsg",
            "device_console",
            "device_tun_unattached", "lock_by_ended", "lease", "removed_name", "removed_name_of_two", "inotify_unmounted", "inotify_disk",
            "inotify_deleted_disk", "epoll_duplicated",
            "tcp_established", "tcp6_established", "tcp_backlog", "tcp_connecting", "tcp_closing", "udplite", "ping_socket", "unix_connecting",
            "unix_descriptor_queued", "unix_half",
            "mount_pstore", "mount_binfmt", "mount_cgroup2", "mount_securityfs", "mount_hugetlbfs", "mount_twice", "chrooted_child", "link_veth_inside",
            "tty_orphan",
            "tty_control_outside", "tty_leader_ended", "session_leader_ended", "aio", "busy_disk", "lo_down", "ghost_directory", "memory_file_deleted"),
        new("files", RestoredState.Differs) { Why = "F_GETFL of a file made with O_TMPFILE shows that flag no more" },
        new("links", RestoredState.Differs) { Why = "the bridge has its address in its bridge id from the beginning, not only when it is set up" },
        new("link_macvlan_inside", RestoredState.Differs) { Why = "the same" },
        new("mount_tracefs", RestoredState.Differs) { Why = "LXN084 tells of it: criu leaves tracefs out" },
        new("big_ghost") { With = "--ghost-limit 4M", Checkpoint = ["--ghost-limit", "4M"] },
        new("tcp_established") { With = "--tcp-close", Checkpoint = ["--tcp-established=false", "--tcp-close"], Restore = ["--tcp-close"] },
        new("tcp_bound") { With = "without --tcp-established", Checkpoint = ["--tcp-established=false"] },
        new("sockets") { With = "without --tcp-established", Checkpoint = ["--tcp-established=false"] },
        new("exec_32bit", RestoredState.NotMade) { Why = "its 32-bit program is made for the small container alone" },
        new("mount_overlay", RestoredState.Refused, "LXN083"),
        new("tty_bound", RestoredState.Refused, "LXN045"),

        .. Refused("LXN001", "leader_outside"),
        .. Refused("LXN002", "traced"),
        .. Refused("LXN003", "vfork_parent"),
        .. Refused("LXN004", "nested_pid", "nested_uts_other", "nested_ipc_used", "nested_user", "nested_time"),
        .. Refused("LXN006", "zombie_leader"),
        .. Refused("LXN008", "pending_trap"),
        .. Refused("LXN009", "shares_vm", "shares_fs", "shares_sighand"),
        .. Refused("LXN010", "other_user"),
        .. Refused("LXN011", "stranger"),
        .. Refused("LXN013", "frozen"),
        .. Refused("LXN014", "shares_net"),
        new("shares_ipc", RestoredState.NotMade) { Why = "LXC 5.0 starts no container that keeps the host’s IPC namespace here" },
        .. Refused("LXN020", "io_uring_fd", "io_uring_mapped"),
        .. Refused("LXN021", "user_faultfd", "perf_event", "bpf_map", "bpf_program", "fs_context", "landlock"),
        .. Refused("LXN022", "device_fuse", "device_loop", "device_block", "device_tty0", "device_serial", "device_cpu"),
        .. Refused("LXN023", "device_mapped"),
        .. Refused("LXN024", "secret_memory", "secret_memory_fd"),
        .. Refused("LXN027", "big_ghost", "big_ghost_mapped"),
        .. Refused("LXN029", "name_reused"),
        .. Refused("LXN030", "foreign_file", "directory_outside", "mapped_outside", "detached_mount", "mqueue_open", "tty_outside"),
        .. Refused("LXN031", "overmounted"),
        .. Refused("LXN032", "packet_pipe"),
        .. Refused("LXN033", "inotify_deleted", "inotify_overlay"),
        .. Refused("LXN034", "epoll_escaped"),
        .. Refused("LXN035", "pidfd_outside"),
        .. Refused("LXN036", "pidfd_thread"),
        .. Refused("LXN041", "tty_named_gone"),
        .. Refused("LXN050", "netlink_pending"),
        .. Refused("LXN051", "netlink_groups"),
        .. Refused("LXN052", "netlink_group_low"),
        .. Refused("LXN055", "mptcp", "sctp"),
        .. Refused("LXN056", "vsock", "xdp", "alg", "key"),
        .. Refused("LXN057", "unix_other_net"),
        new("unix_outside", RestoredState.NotMade) { Why = "what LXC hands on is of the host’s network: unix_other_net" },
        .. Refused("LXN059", "unix_connecting_closed", "unix_connecting_written"),
        .. Refused("LXN060", "udp_cork"),
        .. Refused("LXN061", "packet_group"),
        .. Refused("LXN070", "mount_unsupported", "mount_bpf", "mount_configfs", "mount_efivarfs", "mount_squash"),
        .. Refused("LXN071", "mount_sub"),
        .. Refused("LXN072", "mount_fuse"),
        .. Refused("LXN073", "mqueue_full"),
        .. Refused("LXN075", "mount_autofs"),
        new("locks", RestoredState.Refused, "LXN026") { With = "without --file-locks", Checkpoint = ["--file-locks=false"] },
        new("ofd_lock", RestoredState.Refused, "LXN026") { With = "without --file-locks", Checkpoint = ["--file-locks=false"] },
        new("removed_name", RestoredState.Refused, "LXN028") { With = "without --link-remap", Checkpoint = ["--link-remap=false"] },
        new("removed_name_of_two", RestoredState.Refused, "LXN028") { With = "without --link-remap", Checkpoint = ["--link-remap=false"] },
        .. ((string[])["tcp_established", "tcp6_established", "tcp_connecting", "tcp_closing"]).Select(state =>
            new RestoredState(state, RestoredState.Refused, "LXN053") { With = "without --tcp-established", Checkpoint = ["--tcp-established=false"] }),
        new("chrooted", RestoredState.Refused) { Why = "when the container is looked up" },

        // Saved without criu, where the pre-flight's own table asks criu alone.
        .. Back("link_ifb", "link_dummy", "link_vlan", "link_vxlan"),
        .. Refused("LXN080", "link_bond", "link_wireguard", "link_vcan"),

        .. Refused("LXN063", "inet_other_net", "netlink_other_net"),
        .. Refused("LXN038", "namespace_outside"),
        new("lock_outside", RestoredState.NotMade) { Why = "LXC hands no lock of its starter to the container" },
        new("exe_outside", RestoredState.NotMade) { Why = "LXC runs a program of the container’s root" },
        new("mount_slave", RestoredState.NotMade) { Why = "LXC makes the mounts of the container private or shared; on a host with systemd: eng/vm-host" },
        new("tty_held", RestoredState.NotMade) { Why = "LXC’s monitor holds it: tty_first_getty" },

        .. Refused("LXN019", "subreaper_leader_ended"),
        .. Refused("LXN031", "file_below_a_mount"),
        .. Refused("LXN029", "directory_below_a_mount"),
        .. Back("epoll_number_reused", "bound_foreign", "bridge_with_port"),
        new("waits_again", RestoredState.Differs) { Varies = true, Why = "its children come and go" },
        new("mount_autofs_served", RestoredState.Differs) { Why = "the numbers of the daemon’s pipe and process group" },
        new("second_name_in_memory") { Look = "stat -c '%h %s' /tmp/named; ls /tmp" },
        new("scheduling")
        {
            Look = "grep Cpus_allowed: /proc/1/status; cat /proc/1/coredump_filter /proc/1/oom_score_adj /proc/1/timerslack_ns; cut -d' ' -f18,19 "
                + "/proc/1/stat; ionice -p 1",
        },
        new("multicast", RestoredState.Differs) { Why = "LXN064 tells of it: memberships are lost", Look = "cat /proc/net/igmp" },
        new("socket_options") { Look = Look },
        .. Refused("LXN062", "tcp_link_local"),
        .. Refused("LXN085", "removed_directory_bound", "removed_directory_nested"),
    ];

    /// <summary>Those that LXC has a part in, which criu alone is not asked about.</summary>
    public static readonly RestoredState[] OfLxc =
    [
        new("console_default") { Generations = 2 },
        new("console_of_its_own_devpts") { Generations = 2 },
        new("console_without_session") { Generations = 2 },
        new("console_held_by_a_program", RestoredState.Differs) { Why = AnotherName, Generations = 2 },
        new("console_controlled", RestoredState.Differs) { Why = AnotherName, Generations = 2 },
        new("tty_first_getty") { Generations = 2 },
        new("tty_second_getty", RestoredState.Differs) { Why = AnotherName, Generations = 2 },
        new("tty_two_gettys", RestoredState.Differs) { Why = AnotherName, Generations = 2 },
        new("tty_max_8") { Generations = 2 },
        new("tty_max_and_nested_mounts"),
        new("tty_max_and_nested_mounts", RestoredState.Refused, "LXN045")
        {
            With = "a second time",
            Generations = 2,
            Why = "terminals are mended in init’s mount namespace alone",
        },
        new("network_of_another_container", RestoredState.Refused, "LXN018"),
        .. Refused("LXN082", "tc_inside", "ipsec_inside"),
        .. Back("nic_macvlan", "nic_ipvlan", "nic_router", "nic_host_end_addresses", "nic_host_end_forwarding_entry"),
        new("root_on_loop", RestoredState.Refused, "LXN078"),
        .. Refused("LXN079", "root_ephemeral", "root_mounted_by_a_hook"),
        .. Back("root_on_overlay", "root_read_only", "limits"),
        new("removed_name", RestoredState.Refused, "LXN037") { With = "--leave-running", Checkpoint = ["--leave-running"] },
        new("program_upgraded", RestoredState.Refused, "LXN027"),
        new("program_upgraded") { With = "--ghost-limit 64M", Checkpoint = ["--ghost-limit", "64M"] },
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<RestoredState> All => OfProcesses.Concat(OfLxc);

    private static IEnumerable<RestoredState> Back(params string[] states) => states.Select(state => new RestoredState(state));

    private static IEnumerable<RestoredState> Refused(string finding, params string[] states) =>
        states.Select(state => new RestoredState(state, RestoredState.Refused, finding));
}
