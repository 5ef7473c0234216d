using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>The device rules of a version 2 cgroup are BPF programs, attached here as LXC does on hosts with version 2 alone; what they permit is seen by
/// processes in the cgroup.</summary>
public class DeviceProgramTests
{
    // The files that a program permits to open is the device 1:N alone; the other instructions are as LXC's: major, minor, yes or no.
    private const string Attach = """
        import ctypes, os, struct, sys
        libc = ctypes.CDLL(None, use_errno=True)
        def bpf(command, attributes):
            room = ctypes.create_string_buffer(attributes.ljust(72, b"\0"), 72)
            result = libc.syscall(321, command, room, 72)
            if result < 0: raise OSError(ctypes.get_errno(), "bpf")
            return result
        minor = int(sys.argv[2])
        code = bytes.fromhex("6112040000000000" "5502040001000000" "6112080000000000") + struct.pack("<BBhi", 0x55, 2, 2, minor) \
            + bytes.fromhex("b700000001000000" "9500000000000000" "b700000000000000" "9500000000000000")
        instructions, license = ctypes.create_string_buffer(code), ctypes.create_string_buffer(b"GPL")
        program = bpf(5, struct.pack("<IIQQ", 15, len(code) // 8, ctypes.addressof(instructions), ctypes.addressof(license)))
        bpf(8, struct.pack("<IIII", os.open(sys.argv[1], os.O_DIRECTORY), program, 6, 2))
        """;

    [Fact]
    public void ComeBackWithTheContainer()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions());
        using var place = new TemporaryDirectory();
        var cgroup = UnifiedCgroup(container.InitPid);
        var inner = Path.Combine(cgroup, "inner");
        Directory.CreateDirectory(inner);
        Assert.Equal("/dev/null /dev/zero /dev/full", Opened(cgroup));
        Command.Output("python3", "-c", Attach, cgroup, "3");
        Command.Output("python3", "-c", Attach, inner, "7");
        Assert.Equal("/dev/null", Opened(cgroup));
        // Both have to permit it.
        Assert.Equal("", Opened(inner));

        Assert.DoesNotContain("LXN090", LxcNativeCommand.Run("check", container.Name).Output, StringComparison.Ordinal);
        for (var generation = 1; generation <= 2; generation++)
        {
            Cycle.Checkpoint(container, place[$"{generation}"]);
            Cycle.Restore(container, place[$"{generation}"]);
            Assert.Equal("/dev/null", Opened(cgroup));
            Assert.Equal("", Opened(inner));
        }
    }

    private static string UnifiedCgroup(int pid)
    {
        var path = File.ReadLines($"/proc/{pid}/cgroup").Single(line => line.StartsWith("0::", StringComparison.Ordinal))["0::".Length..];
        return Command.Output("findmnt", "-n", "-t", "cgroup2", "-o", "TARGET").Trim().Split('\n')[0] + path;
    }

    private static string Opened(string cgroup) => Command.Output(
        "sh", "-c", $"echo $$ >{cgroup}/cgroup.procs && for file in /dev/null /dev/zero /dev/full; do (: <$file) 2>/dev/null && echo $file; done; true").Trim()
            .Replace('\n', ' ');
}
