using System.Net.Sockets;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.LxcTools;

/// <summary>Whoever connects to a restored container's command socket, and whatever it sends: the container runs on, and others are answered.</summary>
public class ClientTests(RestoredContainer restored) : IClassFixture<RestoredContainer>
{
    [Fact]
    public void WhoMayNotAskIsRefused()
    {
        const string Asking = """
            import os, socket, struct, sys
            os.setgid(65534); os.setuid(65534)
            s = socket.socket(socket.AF_UNIX); s.connect("\0" + sys.argv[1]); s.send(struct.pack("iiQ", 2, 0, 0))
            print(struct.unpack("iiQ", s.recv(16))[0])
            """;
        Requirement.Python();
        Assert.Equal("-1", Command.Output(Requirement.SystemPython, "-c", Asking, $"/var/lib/lxc/{restored.Name}/command").Trim());
        Assert.Equal("RUNNING", restored.Container.State());
    }

    [Fact]
    public void AUserWhoTakesAllPlacesTakesNoneOfRoots()
    {
        const string Taking = """
            import os, socket, sys, time
            os.setgid(65534); os.setuid(65534)
            taken = []
            print("begun", flush=True)
            until = time.time() + 6
            while time.time() < until:
                s = socket.socket(socket.AF_UNIX); s.settimeout(0.2)
                try: s.connect("\0" + sys.argv[1])
                except OSError: pass
                taken.append(s)
                if len(taken) == 400: taken.clear()
            """;
        Requirement.Python();
        var taking = Task.Run(() => Command.Run(Requirement.SystemPython, "-c", Taking, $"/var/lib/lxc/{restored.Name}/command"),
            TestContext.Current.CancellationToken);
        while (!taking.IsCompleted)
            Assert.Equal("RUNNING", restored.Container.State());
    }

    [Fact]
    public void HundredsThatSayNothingOrNonsenseHoldNobodyUp()
    {
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < 150; i++)
            {
                var socket = CommandAnswers.Connect(restored.Name);
                sockets.Add(socket);
                byte[] sent = (i % 4) switch
                {
                    0 => [],
                    // Half of a header.
                    1 => [3, 0, 0, 0, 0],
                    // More data than there may be, and less than nothing.
                    2 => [7, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0],
                    _ => [7, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0],
                };
                if (sent.Length > 0)
                    socket.Send(sent);
            }

            Assert.Equal("RUNNING", restored.Container.State());
            // Those are hung up on at once; those that are still expected to say something, after some seconds.
            Assert.Equal(0, sockets[2].Receive(new byte[1]));
            Assert.Equal(0, sockets[3].Receive(new byte[1]));
            Assert.Equal(0, sockets[0].Receive(new byte[1]));
            Assert.Equal(0, sockets[1].Receive(new byte[1]));
            Assert.Equal("RUNNING", restored.Container.State());
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public void RequestsAsTheyFallLeaveItRunning()
    {
        var random = new Random(16);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            // Not the commands that end it, or change its state on purpose.
            if (bytes[0] is 2 or 12 && bytes.Skip(1).Take(3).All(one => one == 0))
                continue;
            if (i % 2 == 0 && bytes.Length >= 16)
            {
                // A command that there is, with as much data as follows.
                bytes[0] = (byte)(random.Next(27) is 2 or 12 ? 3 : random.Next(3) + 17);
                bytes.AsSpan(1, 3).Clear();
                BitConverter.TryWriteBytes(bytes.AsSpan(4), bytes.Length - 16);
            }

            using var socket = CommandAnswers.Connect(restored.Name);
            socket.Send(bytes);
        }

        Assert.Equal("RUNNING", restored.Container.State());
        Assert.True(Directory.Exists($"/proc/{restored.Container.InitPid}"));
    }
}
