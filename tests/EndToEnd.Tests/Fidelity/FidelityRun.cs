using System.Text.RegularExpressions;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Fidelity;

/// <summary>What becomes of a state in one way.</summary>
internal static class FidelityRun
{
    public const string ComesBack = "comes back", LostSilently = "lost silently", LostTold = "lost, told", Refused = "refused", Fails = "fails";

    private const string Modules = "import ctypes, fcntl, os, resource, select, signal, socket, struct, sys, termios, threading, time\n";

    private const string Begin = Modules + """
        libc = ctypes.CDLL(None, use_errno=True); ticks = [0]
        def tick():
            while True: ticks[0] += 1; time.sleep(.01)
        def goes_on(count): a = count(); time.sleep(.4); return count() > a
        def answer(): return None

        """;

    private const string End = """

        def tell(*_):
            try: said = repr(answer())
            except Exception as e: said = f'failed: {e!r}'
            open('/answer.new', 'w').write(said); os.rename('/answer.new', '/answer')
        threading.Thread(target=tick, daemon=True).start()
        signal.signal(signal.SIGUSR1, tell); open('/program.new', 'w').write(str(os.getpid())); os.rename('/program.new', '/program.pid')
        while True: signal.pause()
        """;

    private const string Ask = """
        if os.path.exists('/answer'): os.unlink('/answer')
        os.kill(P, signal.SIGUSR1)
        for _ in range(100):
            if os.path.exists('/answer'): break
            time.sleep(.1)
        print(open('/answer').read())
        """;

    /// <summary>Makes the state, moves the container in this way, and compares.</summary>
    public static (string Verdict, string Detail) Of(FidelityState state, FidelityWay way)
    {
        using var place = new TemporaryDirectory();
        using var container = LxcContainer.StartOnBridge(new LxcContainerOptions
        {
            Payload = PayloadMode.Demo,
            Program = Begin + state.Program + End,
            ResolvesBindSources = true,
            Configuration = state.Configuration,
        });
        Wait.For("the state to be made", () => File.Exists(Path.Combine(container.RootfsPath, "program.pid")));
        state.Make?.Invoke(container);
        using var client = state.IsConnected ? container.ConnectPayload() : null;
        var before = Look(state, container, client);
        if (string.IsNullOrWhiteSpace(before) || before.StartsWith("failed: ", StringComparison.Ordinal) || before.Trim() == "None")
            throw new InvalidOperationException($"the state was not made: {before}");
        // Whatever is left mounted below it is found by this name.
        var images = Directory.CreateDirectory(place[container.Name]).FullName;
        var former = container.InitPid;
        var dumped = way.Dump(container, images);
        if (!dumped.Succeeded)
            return (Directory.Exists($"/proc/{former}") ? Refused : Fails, Reason(dumped, Path.Combine(images, "dump.log")));
        var restored = way.Restore(container, images);
        if (!restored.Succeeded)
            return (Fails, Reason(restored, Path.Combine(images, "restore.log")));
        string after;
        try
        {
            after = Look(state, container, client);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or TimeoutException)
        {
            after = e.Message;
        }
        finally
        {
            EndContainer(container, images);
        }

        if (after == before)
            return (ComesBack, "");
        var said = dumped.Output + dumped.Error + restored.Output + restored.Error;
        return (said.Contains("LXN", StringComparison.Ordinal) ? LostTold : LostSilently, Difference(before, after));
    }

    private static string Look(FidelityState state, LxcContainer container, PayloadClient? client)
    {
        if (client is not null)
        {
            client.RequireGoingOn();
            return "goes on";
        }

        if (state.FromHost is { } fromHost)
            return fromHost(container);
        return container.Inside("all", "/bin/python", "-c", $"{Modules}P = int(open('/program.pid').read())\n{state.Look ?? Ask}").OrThrow().Output;
    }

    // A criu that is the parent of init keeps the host's cgroups mounted in that directory until init has ended; killed, it leaves them.
    private static void EndContainer(LxcContainer container, string images)
    {
        if (Directory.GetDirectories(images, ".criu.cgyard*").Length == 0)
            return;
        Command.Run("kill", "-KILL", $"{container.InitPid}");
        Wait.Until(() => Directory.GetDirectories(images, ".criu.cgyard*").Length == 0);
    }

    private static string Reason(CommandResult result, string log)
    {
        var lines = (result.Output + "\n" + result.Error + "\n" + (File.Exists(log) ? File.ReadAllText(log) : "")).Split('\n')
            // The first is of no consequence.
            .Where(line => (line.Contains("Error", StringComparison.Ordinal) && !line.Contains("RLIMIT_NOFILE", StringComparison.Ordinal))
                || line.Contains("LXN", StringComparison.Ordinal)).ToList();
        return Numbers(lines.FirstOrDefault() ?? result.Error);
    }

    private static string Difference(string before, string after)
    {
        var (then, now) = (before.Split('\n'), after.Split('\n'));
        var (gone, come) = (then.Except(now).FirstOrDefault(), now.Except(then).FirstOrDefault());
        return Numbers($"was `{Short(gone)}`, is `{Short(come)}`");
    }

    private static string Short(string? line) => line is null ? "" : line.Trim() is { Length: > 100 } text ? text[..100] + "…" : line.Trim();

    // The same in each run.
    private static string Numbers(string text)
    {
        foreach (var (pattern, instead) in ((string, string)[])[(@"[\t\n]", " "), (@"^\(\d+\.\d+\)\s+\d*:?\s*", ""), ("lxn-t-[0-9a-f]+", "NAME"),
            ("lxnb[0-9a-f]+", "BRIDGE"), (@"\bveth\w{6}\b", "vethXXXXXX"), (@"\b((?!ff)[0-9a-f]{2})(:[0-9a-f]{2}){5}\b", "$1:…"), (@"\s{2,}", " ")])
            text = Regex.Replace(text, pattern, instead);
        return text.Trim();
    }
}
