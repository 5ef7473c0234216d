using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>Compares snapshots once what settles by itself has settled: timers of the bridge, duplicate address detection, queues draining.</summary>
internal static class Unchanged
{
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(20);

    /// <summary>Waits until a container that was just started has settled, so that the snapshots to compare with are of a state that lasts.</summary>
    public static void Settle(LxcContainer container)
    {
        Wait.For("IPv6 addresses are past duplicate address detection",
            () => IsSettled("ip", []) && IsSettled("nsenter", ["--target", $"{container.InitPid}", "--net", "ip"]));
        Wait.For("links know their state",
            () => container.Options.Nics.All(nic => Command.Output("ip", "link", "show", nic.Bridge.Name).Contains("state UP", StringComparison.Ordinal))
            && !container.Inside("net", "ip", "-o", "link").OrThrow().Output.Split('\n').Any(IsBehind));
    }

    // A link's state follows its carrier when a worker of the kernel gets to it.
    private static bool IsBehind(string link) => link.Contains("LOWER_UP", StringComparison.Ordinal)
        ? link.Contains(" state DOWN ", StringComparison.Ordinal) || link.Contains(" state LOWERLAYERDOWN ", StringComparison.Ordinal)
        : link.Contains(" state UP ", StringComparison.Ordinal);

    /// <summary>Waits until a look gives what it gave before, and requires that it does.</summary>
    public static void Require(string before, Func<string> look)
    {
        Wait.Until(() => look() == before, SettlingTime);
        Assert.Equal(before, look());
    }

    /// <summary>Requires that container and host are as they were.</summary>
    public static void Require(string when, LxcContainer container, Snapshot inside, Snapshot host)
    {
        Require(when, container, inside);
        Require(when, host);
    }

    /// <summary>Requires that the container is as it was.</summary>
    public static void Require(string when, LxcContainer container, Snapshot inside) =>
        RequireNone($"{when}, inside", () => inside.DifferenceTo(ContainerSnapshot.Capture(container.InitPid)));

    /// <summary>Requires that the host is as it was.</summary>
    public static void Require(string when, Snapshot host)
    {
        // Waits by itself: network namespaces and cgroups end asynchronously.
        var difference = HostSnapshot.DifferenceSince(host);
        Assert.True(difference is "", $"{when}, on the host:\n{difference}");
    }

    private static bool IsSettled(string program, string[] first) => Command.Output(program, [.. first, "-6", "addr", "show", "tentative"]).Length == 0;

    /// <summary>Requires that there comes to be no difference.</summary>
    private static void RequireNone(string when, Func<string> difference)
    {
        var last = "";
        if (!Wait.Until(() => (last = difference()) is "", SettlingTime))
            Assert.Fail($"{when}:\n{last}");
    }
}
