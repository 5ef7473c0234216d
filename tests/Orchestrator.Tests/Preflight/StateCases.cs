using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Engines;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>Every state that is tried.</summary>
internal static class StateCases
{
    private static readonly CheckpointOptions Defaults = new();

    /// <summary>Whether the criu of this machine can dump 32-bit programs.</summary>
    public static readonly bool HasCompat = CriuBuild.HasCompat(CriuPlaces.Usual);

    /// <summary>States of healthy containers: no rule may block, and criu has to agree.</summary>
    public static readonly StateCase[] Healthy =
    [
        .. new[]
        {
            "idle", "threads", "children", "zombie", "stopped", "pipes", "anonymous", "files", "locks", "ofd_lock", "sockets", "closed_sockets", "terminal",
            "memory", "seccomp_filter", "nested_mount_and_net", "pending_signals", "links", "bind_inside", "dead_pidfd", "system_mounts", "pid_for_children",
            "shares_files", "device_kmsg", "device_console", "device_tun_unattached", "lock_by_ended", "lock_outside", "lease", "removed_name",
            "removed_name_of_two", "inotify_unmounted",
            "inotify_disk", "inotify_deleted_disk", "epoll_duplicated", "tcp_established", "tcp6_established", "tcp_backlog", "tcp_connecting",
            "tcp_closing", "udplite", "ping_socket", "unix_connecting", "unix_descriptor_queued", "unix_half", "mount_tracefs", "mount_pstore", "mount_binfmt",
            "mount_cgroup2", "mount_securityfs", "mount_hugetlbfs", "mount_twice", "chrooted_child", "link_veth_inside", "link_macvlan_inside",
            "tty_orphan", "tty_control_outside", "tty_leader_ended", "session_leader_ended", "aio", "busy_disk", "lo_down", "ghost_directory",
            "memory_file_deleted", "waits_again",
            "scheduling", "multicast", "socket_options", "epoll_number_reused", "second_name_in_memory", "mount_autofs_served", "bound_foreign",
            "bridge_with_port",
        }.Select(state => new StateCase(state)),
        new("big_ghost", With: "--ghost-limit 4M", Options: Defaults with { GhostLimit = 4 << 20 }),
        new("tcp_established", With: "--tcp-close", Options: Defaults with { TcpEstablished = false, TcpClose = true }),
        new("tcp_bound", With: "without --tcp-established", Options: Defaults with { TcpEstablished = false }),
        new("sockets", With: "without --tcp-established", Options: Defaults with { TcpEstablished = false }),
        .. HasCompat ? (StateCase[])[new("exec_32bit", Note: "by a criu with compat support")] : [],
        new("tty_held", Note: "by libcriu: the other end is handed over") { ByLibrary = true },
    ];

    /// <summary>States that criu refuses, and the rule that foresees it.</summary>
    public static readonly StateCase[] Refused =
    [
        new("leader_outside", "LXN001"),
        new("traced", "LXN002"),
        new("vfork_parent", "LXN003"),
        new("nested_pid", "LXN004"),
        new("nested_uts", "LXN004", Note: "it says what the container’s own does") { DumpedByUsAlone = true },
        new("nested_uts_other", "LXN004"),
        new("nested_ipc", "LXN004", Note: "the same") { DumpedByUsAlone = true },
        new("nested_ipc_used", "LXN004"),
        new("nested_user", "LXN004"),
        new("nested_cgroup", "LXN004", Note: "the same") { DumpedByUsAlone = true },
        new("nested_time", "LXN004"),
        .. HasCompat ? (StateCase[])[] : [new("exec_32bit", "LXN005")],
        new("zombie_leader", "LXN006"),
        new("pending_trap", "LXN008"),
        new("shares_vm", "LXN009"),
        new("shares_fs", "LXN009"),
        new("shares_sighand", "LXN009"),
        new("other_user", "LXN010"),
        new("tty_named_gone", "LXN041"),
        new("frozen", "LXN013"),
        new("shares_ipc", "LXN015"),
        new("io_uring_fd", "LXN020"),
        new("io_uring_mapped", "LXN020"),
        new("user_faultfd", "LXN021"),
        new("perf_event", "LXN021"),
        new("bpf_map", "LXN021"),
        new("bpf_program", "LXN021"),
        new("fs_context", "LXN021"),
        new("landlock", "LXN021"),
        new("device_fuse", "LXN022"),
        new("device_loop", "LXN022"),
        new("device_block", "LXN022"),
        new("device_tty0", "LXN022"),
        new("device_serial", "LXN022"),
        new("device_cpu", "LXN022"),
        new("device_mapped", "LXN023"),
        new("secret_memory", "LXN024"),
        new("secret_memory_fd", "LXN024"),
        new("locks", "LXN026", "without --file-locks", Defaults with { FileLocks = false }),
        new("ofd_lock", "LXN026", "without --file-locks", Defaults with { FileLocks = false }),
        new("big_ghost", "LXN027"),
        new("big_ghost_mapped", "LXN027"),
        new("removed_name", "LXN028", "without --link-remap", Defaults with { LinkRemap = false }),
        new("removed_name_of_two", "LXN028", "without --link-remap", Defaults with { LinkRemap = false }),
        new("name_reused", "LXN029"),
        new("foreign_file", "LXN030"),
        new("directory_outside", "LXN030"),
        new("mapped_outside", "LXN030"),
        new("detached_mount", "LXN030"),
        new("mqueue_open", "LXN030"),
        new("exe_outside", "LXN030"),
        new("tty_outside", "LXN030"),
        new("overmounted", "LXN031"),
        new("packet_pipe", "LXN032"),
        new("inotify_deleted", "LXN033"),
        new("inotify_overlay", "LXN033"),
        new("epoll_escaped", "LXN034"),
        new("pidfd_outside", "LXN035"),
        new("pidfd_thread", "LXN036"),
        new("netlink_pending", "LXN050"),
        new("netlink_groups", "LXN051"),
        new("netlink_group_low", "LXN052"),
        new("tcp_established", "LXN053", "without --tcp-established", Defaults with { TcpEstablished = false }),
        new("tcp6_established", "LXN053", "without --tcp-established", Defaults with { TcpEstablished = false }),
        new("tcp_connecting", "LXN053", "without --tcp-established", Defaults with { TcpEstablished = false }),
        new("tcp_closing", "LXN053", "without --tcp-established", Defaults with { TcpEstablished = false }),
        new("mptcp", "LXN055"),
        new("sctp", "LXN055"),
        new("vsock", "LXN056"),
        new("xdp", "LXN056"),
        new("alg", "LXN056"),
        new("key", "LXN056"),
        new("unix_other_net", "LXN057"),
        new("unix_outside", "LXN058"),
        new("unix_connecting_closed", "LXN059"),
        new("unix_connecting_written", "LXN059"),
        new("udp_cork", "LXN060"),
        new("packet_group", "LXN061"),
        new("mount_unsupported", "LXN070"),
        new("mount_bpf", "LXN070"),
        new("mount_configfs", "LXN070"),
        new("mount_efivarfs", "LXN070"),
        new("mount_squash", "LXN070"),
        new("mount_sub", "LXN071"),
        new("mount_fuse", "LXN072"),
        new("mqueue_full", "LXN073"),
        new("mount_slave", "LXN074"),
        new("mount_autofs", "LXN075"),
        new("link_ifb", "LXN080"),
        new("link_dummy", "LXN080"),
        new("link_bond", "LXN080"),
        new("link_wireguard", "LXN080"),
        new("link_vlan", "LXN080"),
        new("link_vxlan", "LXN080"),
        new("link_vcan", "LXN080"),
        new("chrooted", Note: "refused when the container is looked up: its mount table has no root"),
        new("mount_overlay", "LXN083", Note: "criu dumps, and looks for its directories in the host’s root") { RefusedByUsAlone = true },
        new("tty_bound", "LXN045", Note: "criu dumps, and cannot make the terminal again") { ByLibrary = true, RefusedByUsAlone = true },
        new("removed_directory_bound", "LXN085", Note: "criu dumps, and makes the directory again for the first of the mounts only")
        {
            RefusedByUsAlone = true,
        },
        new("inet_other_net", "LXN063", Note: "criu dumps, and has no network to make the socket in") { RefusedByUsAlone = true },
        new("netlink_other_net", "LXN063", Note: "the same") { RefusedByUsAlone = true },
        new("namespace_outside", "LXN038", Note: "the host’s network, which this criu was started in") { RefusedByUsAlone = true },
        new("subreaper_leader_ended", "LXN019", Note: "criu dumps, and finds no leader for the session") { RefusedByUsAlone = true },
        new("file_below_a_mount", "LXN031"),
        new("directory_below_a_mount", "LXN029"),
        new("removed_directory_nested", "LXN085", Note: "the same") { RefusedByUsAlone = true },
        new("tcp_link_local", "LXN062", Note: "criu dumps, and cannot bind the socket again") { RefusedByUsAlone = true },
        new("stranger", "LXN011", Note: "criu dumps, without the process") { RefusedByUsAlone = true },
        new("shares_net", "LXN014", Note: "criu dumps; our network lock would cut off the host") { RefusedByUsAlone = true },
    ];

    /// <summary>All of them, by what tests call them.</summary>
    public static IReadOnlyDictionary<string, StateCase> All { get; } = Healthy.Concat(Refused)
        .ToDictionary(one => one.ToString() + (one.Rule is null ? "" : " > " + one.Rule));
}
