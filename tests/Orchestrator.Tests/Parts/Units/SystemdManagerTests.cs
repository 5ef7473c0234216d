using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using LxcNative.Orchestrator.Parts.Units;
using Tmds.DBus.Protocol;

namespace LxcNative.Orchestrator.Tests.Parts.Units;

/// <summary>What a systemd is asked, over a message bus as containers have it.</summary>
public sealed class SystemdManagerTests
{
    private const int Services = 60;

    [Fact]
    public async Task ManyUnitsOfASystemdThatIsBusyAreAllSeen()
    {
        using var directory = new TemporaryDirectory();
        using var bus = new Bus(directory);
        using var systemd = await FakeSystemd.StartAsync(bus.Address, TestContext.Current.CancellationToken);
        using var manager = bus.Connect();

        var confined = await Task.Run(manager.Confined);

        Assert.Equal(Enumerable.Range(0, Services).Select(FakeSystemd.Name), confined.Select(unit => unit.Name));
        Assert.All(confined, unit => Assert.Equal(
            ("/x", "system.slice", true, "closed"), (unit.ControlGroup, unit.Slice, unit.CountsPackets, unit.DevicePolicy)));
    }

    [Fact]
    public async Task AnErrorIsNotTakenForAUnitWithoutSettings()
    {
        using var directory = new TemporaryDirectory();
        using var bus = new Bus(directory);
        using var systemd = await FakeSystemd.StartAsync(bus.Address, TestContext.Current.CancellationToken);
        systemd.Error = "org.freedesktop.DBus.Error.LimitsExceeded";
        using var manager = bus.Connect();

        var error = await Assert.ThrowsAsync<SystemdException>(() => Task.Run(manager.Confined));

        Assert.Contains("too many", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AUnitThatIsGoneMeanwhileHasNoSettings()
    {
        using var directory = new TemporaryDirectory();
        using var bus = new Bus(directory);
        using var systemd = await FakeSystemd.StartAsync(bus.Address, TestContext.Current.CancellationToken);
        systemd.Error = "org.freedesktop.DBus.Error.UnknownObject";
        using var manager = bus.Connect();

        Assert.Empty(await Task.Run(manager.Confined));
    }

    [Fact]
    public async Task UnitsThatRanAndHaveEndedAreTold()
    {
        using var directory = new TemporaryDirectory();
        using var bus = new Bus(directory);
        using var systemd = await FakeSystemd.StartAsync(bus.Address, TestContext.Current.CancellationToken);
        systemd.States = ["active", "failed", "inactive"];
        using var manager = bus.Connect();

        var ended = await Task.Run(manager.Ended);

        Assert.Equal([FakeSystemd.Name(1)], ended);
        Assert.Equal([FakeSystemd.Name(0)], (await Task.Run(manager.Confined)).Select(unit => unit.Name));
    }

    /// <summary>A dbus-daemon with the limits of a system bus.</summary>
    private sealed class Bus : IDisposable
    {
        private readonly string _path;
        private readonly Process _daemon;

        public Bus(TemporaryDirectory directory)
        {
            _path = directory["socket"];
            File.WriteAllText(directory["config"], $"""
                <busconfig>
                  <type>system</type>
                  <listen>unix:path={_path}</listen>
                  <auth>EXTERNAL</auth>
                  <policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/></policy>
                </busconfig>
                """);
            var arguments = (string[])["--nofork", "--nopidfile", "--nosyslog", "--print-address", "--config-file", directory["config"]];
            _daemon = Process.Start(new ProcessStartInfo("dbus-daemon", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Address = _daemon.StandardOutput.ReadLine() ?? throw new InvalidOperationException("dbus-daemon does not start");
        }

        public string Address { get; }

        public SystemdManager Connect()
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(_path));
            return SystemdManager.Connect(socket, new NetworkStream(socket, ownsSocket: false));
        }

        public void Dispose()
        {
            _daemon.Kill();
            _daemon.WaitForExit();
            _daemon.Dispose();
        }
    }

    /// <summary>A systemd whose units all have settings, and which does something else when it is asked for the first of them.</summary>
    private sealed class FakeSystemd : IPathMethodHandler, IDisposable
    {
        private static readonly TimeSpan s_busy = TimeSpan.FromMilliseconds(500);
        private readonly DBusConnection _connection;
        private bool _wasAsked;

        private FakeSystemd(string address) => _connection = new DBusConnection(address);

        /// <summary>What is answered in the place of settings; null: the settings.</summary>
        public string? Error { get; set; }

        /// <summary>The states of its units. One that is inactive has never run.</summary>
        public IReadOnlyList<string> States { get; set; } = [.. Enumerable.Repeat("active", Services)];

        public string Path => "/org/freedesktop/systemd1";

        public bool HandlesChildPaths => true;

        public static string Name(int number) => $"s{number}.service";

        public static async Task<FakeSystemd> StartAsync(string address, CancellationToken cancellation)
        {
            var systemd = new FakeSystemd(address);
            await systemd._connection.ConnectAsync().AsTask().WaitAsync(cancellation);
            systemd._connection.AddMethodHandler(systemd);
            await systemd._connection.RequestNameAsync("org.freedesktop.systemd1");
            return systemd;
        }

        public async ValueTask HandleMethodAsync(MethodContext context)
        {
            if (context.Request.MemberAsString == "ListUnits")
            {
                context.Reply(Units(context));
                return;
            }

            if (!_wasAsked)
                await Task.Delay(s_busy);
            _wasAsked = true;
            if (Error is { } error)
                context.ReplyError(error, "too many");
            else
                context.Reply(Value(context));
        }

        public void Dispose() => _connection.Dispose();

        private MessageBuffer Units(MethodContext context)
        {
            using var writer = context.CreateReplyWriter("a(ssssssouso)");
            var units = writer.WriteArrayStart(DBusType.Struct);
            for (var number = 0; number < States.Count; number++)
            {
                writer.WriteStructureStart();
                foreach (var text in (string[])[Name(number), "", "loaded", States[number], "", ""])
                    writer.WriteString(text);
                writer.WriteObjectPath($"/org/freedesktop/systemd1/unit/s{number}");
                writer.WriteUInt32(0);
                writer.WriteString("");
                writer.WriteObjectPath("/");
            }

            writer.WriteArrayEnd(units);
            return writer.CreateMessage();
        }

        private MessageBuffer Value(MethodContext context)
        {
            var reader = context.Request.GetBodyReader();
            _ = reader.ReadString();
            var property = reader.ReadString();
            using var writer = context.CreateReplyWriter("v");
            switch (property)
            {
                case "IPAddressAllow" or "IPAddressDeny":
                    writer.WriteSignature("a(iayu)");
                    writer.WriteArrayEnd(writer.WriteArrayStart(DBusType.Struct));
                    break;
                case "DeviceAllow":
                    writer.WriteSignature("a(ss)");
                    writer.WriteArrayEnd(writer.WriteArrayStart(DBusType.Struct));
                    break;
                case "InactiveExitTimestampMonotonic":
                    var number = int.Parse(context.Request.PathAsString!.Split('/')[^1][1..], CultureInfo.InvariantCulture);
                    writer.WriteVariantUInt64(States[number] == "inactive" ? 0UL : 1);
                    break;
                case "IPAccounting":
                    writer.WriteVariantBool(true);
                    break;
                default:
                    writer.WriteVariantString(property switch { "ControlGroup" => "/x", "Slice" => "system.slice", _ => "closed" });
                    break;
            }

            return writer.CreateMessage();
        }
    }
}
