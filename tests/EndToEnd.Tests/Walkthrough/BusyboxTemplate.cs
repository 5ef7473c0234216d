using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Walkthrough;

/// <summary>A template archive like those that the article downloads: an init, a udevd, device nodes, a service.</summary>
internal static class BusyboxTemplate
{
    public const string Address = "192.0.2.2";
    public const int Port = 7000;
    private static readonly string[] _directories = ["bin", "sbin", "etc", "dev/pts", "dev/shm", "proc", "sys", "tmp", "root"];
    private static readonly string[] _applets = ["sh", "ip", "sleep", "true"];

    public static void Write(string archive)
    {
        using var place = new TemporaryDirectory();
        foreach (var directory in _directories)
            Directory.CreateDirectory(place[directory]);
        File.Copy(Requirement.OnPath("busybox")!, place["bin/busybox"]);
        File.Copy(PayloadBinary.Build(), place["bin/payload"]);
        foreach (var applet in _applets)
            File.CreateSymbolicLink(place["bin/" + applet], "busybox");
        File.CreateSymbolicLink(place["sbin/init"], "../bin/busybox");
        File.WriteAllText(place["sbin/udevd"], "#!/bin/sh\n");
        File.WriteAllText(place["etc/inittab"], $"::sysinit:/bin/ip addr add {Address}/24 dev eth0\n::respawn:/bin/payload demo {Port}\n");
        Command.Output("mknod", "-m", "666", place["dev/null"], "c", "1", "3");
        Command.Output("tar", "-C", place.Path, "-czf", archive, ".");
    }
}
