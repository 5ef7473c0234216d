using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>Messages that tell who sent them, and that nobody has read when the container stands still: criu refuses them, and they are gone the next
/// moment.</summary>
public class UnreadMessageTests
{
    private const int Failed = 1;

    // As the journal has: a socket whose reader is told who sent what it reads. It reads when it is told to.
    private const string Program = """
        import os, socket, time
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        far.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        near.send(b'hello')
        open('/sent', 'w').write('x')
        while not os.path.exists('/read'): time.sleep(0.001)
        open('/got.new', 'w').write(far.recv(100).decode())
        os.rename('/got.new', '/got')
        while True: open('/said', 'a').write('.'); time.sleep(0.1)

        """;

    [Fact]
    public async Task ThatIsReadMeanwhileDoesNotFailTheCheckpoint()
    {
        using var container = Start();
        using var images = new TemporaryDirectory();
        // When the first try has come to nothing: it leaves no directory.
        var reading = Task.Run(() =>
        {
            var directory = images["1"];
            Wait.For("the first try", () => Directory.Exists(directory));
            Wait.For("its end", () => !Directory.Exists(directory));
            File.WriteAllText(InRoot(container, "read"), "");
        }, TestContext.Current.CancellationToken);

        Cycle.Checkpoint(container, images["1"]);

        await reading;
        Cycle.Restore(container, images["1"]);
        Wait.For("its message", () => File.Exists(InRoot(container, "got")));
        Assert.Equal("hello", File.ReadAllText(InRoot(container, "got")));
        File.WriteAllText(InRoot(container, "said"), "");
        Wait.For("it goes on", () => new FileInfo(InRoot(container, "said")).Length > 0);
    }

    [Fact]
    public void ThatIsNeverReadIsToldAsThat()
    {
        using var container = Start();
        using var images = new TemporaryDirectory();

        var result = LxcNativeCommand.Run("checkpoint", container.Name, "-D", images["1"], "--leave-running");

        Assert.Equal(Failed, result.ExitCode);
        Assert.Contains("runs on", result.Error, StringComparison.Ordinal);
        Assert.Contains("LXN314", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("tried again", result.Error, StringComparison.Ordinal);
        File.WriteAllText(InRoot(container, "read"), "");
        Wait.For("its message", () => File.Exists(InRoot(container, "got")));
        Assert.Equal("hello", File.ReadAllText(InRoot(container, "got")));
    }

    private static LxcContainer Start()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None, Program = Program });
        Wait.For("the message", () => File.Exists(InRoot(container, "sent")));
        return container;
    }

    private static string InRoot(LxcContainer container, string name) => Path.Combine(container.RootfsPath, name);
}
