namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>What a test's container has besides the busybox template's contents.</summary>
public sealed record LxcContainerOptions
{
    public IReadOnlyList<ContainerNic> Nics { get; init; } = [];

    /// <summary>Arguments of `ip route add` (or `ip -6 route add`), run inside after the start.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Lines put after the template's configuration: the last one of a key wins.</summary>
    public IReadOnlyList<string> Configuration { get; init; } = [];

    /// <summary>Changes the whole configuration text as the last step.</summary>
    public Func<string, string>? EditConfiguration { get; init; }

    /// <summary>The name of the root directory below the container's own: may hold spaces and backslashes.</summary>
    public string RootfsDirectory { get; init; } = "rootfs";

    /// <summary>The program that it runs.</summary>
    public PayloadMode Payload { get; init; } = PayloadMode.Full;

    /// <summary>The text of a Python program that runs beside the payload, as /program.py; it starts with the container.</summary>
    public string? Program { get; init; }

    /// <summary>Lines of the boot script.</summary>
    public IReadOnlyList<string> BootScript { get; init; } = [];

    /// <summary>Whether the payload is process 1 itself, not a child of busybox's init.</summary>
    public bool PayloadIsInit { get; init; }

    /// <summary>Leaves cgroups of the container's name behind before the start, so that LXC takes lxc.payload.NAME-1.</summary>
    public bool HasStaleCgroups { get; init; }

    /// <summary>
    /// Replaces the template's bind sources /lib and /lib64, symbolic links on a merged-/usr host, by the directories that they name:
    /// criu's default mount engine cannot restore the links.
    /// </summary>
    public bool ResolvesBindSources { get; init; }

    /// <summary>
    /// Leaves out the template's binds of the host's directories, so that the root is the container's only mount of the host, as in every distribution's
    /// container: the payload and busybox need no libraries.
    /// </summary>
    public bool HasOnlyItsRoot { get; init; }

    /// <summary>Puts the root directory on a mount that is shared, as all are where systemd is the host's init.</summary>
    public bool IsRootShared { get; init; }

    /// <summary>The payload's first port.</summary>
    public int Port { get; init; } = 7000;
}
