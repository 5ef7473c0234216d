using System.Net.Sockets;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using Tmds.DBus.Protocol;

namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>The systemd that is a container's init, asked over D-Bus (org.freedesktop.systemd1(5)).</summary>
internal sealed class SystemdManager : IDisposable
{
    private const string Service = "org.freedesktop.systemd1";
    private const string ManagerPath = "/org/freedesktop/systemd1";
    private const string Manager = "org.freedesktop.systemd1.Manager";
    private const string Properties = "org.freedesktop.DBus.Properties";

    // An emulated machine that is busy takes its time.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    // dbus-daemon takes 128 calls of a connection that are not answered yet (max_replies_per_connection), and answers further ones with an error itself.
    private const int CallsAtOnce = 64;
    private readonly IDisposable _socket;
    private readonly DBusConnection _connection;
    private readonly SemaphoreSlim _room = new(CallsAtOnce);

    private SystemdManager(IDisposable socket, NetworkStream stream) => (_socket, _connection) = (socket, new DBusConnection(new Options(stream)));

    /// <summary>Connects to it.</summary>
    /// <param name="init">The container's init, as the host sees it.</param>
    /// <exception cref="SystemdException">It is no systemd, or does not answer.</exception>
    public static SystemdManager Connect(int init)
    {
        BusSocket socket;
        try
        {
            // A program of the container's that listens and accepts nobody would keep us waiting.
            socket = LookLimit.Run($"the message bus in the container of init {init}", () => BusSocket.Connect(init), s_patience);
        }
        catch (RefusedException e)
        {
            throw new SystemdException("the container's message bus does not accept a connection", e);
        }

        return Connect(socket, socket.Stream);
    }

    /// <summary>Connects to it over a message bus.</summary>
    /// <param name="socket">The socket, which is closed in the end.</param>
    /// <param name="stream">What is said over it.</param>
    /// <exception cref="SystemdException">It does not answer.</exception>
    internal static SystemdManager Connect(IDisposable socket, NetworkStream stream)
    {
        var manager = new SystemdManager(socket, stream);
        try
        {
            Answer(manager._connection.ConnectAsync().AsTask());
            return manager;
        }
        catch
        {
            manager.Dispose();
            throw;
        }
    }

    /// <summary>The settings of all units that have a cgroup and any of these settings.</summary>
    /// <exception cref="SystemdException">It does not answer as it should.</exception>
    public IReadOnlyList<UnitSettings> Confined()
    {
        var asked = Units().Where(unit => !unit.HasEnded).Select(unit => Settings(unit.Name, unit.Path)).ToArray();
        return [.. Answer(Task.WhenAll(asked)).Where(unit => !unit.IsPlain)];
    }

    /// <summary>The units that ran and have ended, with settings for addresses.</summary>
    /// <remarks>systemd keeps their programs for addresses, without a cgroup, until it compiles them anew at their next start or forgets the unit, which it
    /// does not as long as another names it (unit_free, unit_gc_sweep).</remarks>
    /// <exception cref="SystemdException">It does not answer as it should.</exception>
    public IReadOnlyList<string> Ended()
    {
        var ended = Units().Where(unit => unit.HasEnded).ToArray();
        var started = Answer(Task.WhenAll(ended.Select(unit => Get(unit.Path, $"{Service}.Unit", "InactiveExitTimestampMonotonic"))));
        var asked = ended.Where((_, at) => started[at] is { Type: VariantValueType.UInt64 } since && since.GetUInt64() > 0)
            .Select(unit => Settings(unit.Name, unit.Path)).ToArray();
        return [.. Answer(Task.WhenAll(asked)).Where(unit => unit.Allowed.Count > 0 || unit.Denied.Count > 0 || unit.CountsPackets).Select(unit => unit.Name)];
    }

    /// <summary>Changes the settings of a unit, until the next boot.</summary>
    /// <exception cref="SystemdException">It refused.</exception>
    public void Set(UnitSettings unit)
    {
        var call = Call(ManagerPath, Manager, "SetUnitProperties", "sba(sv)", (ref writer) => UnitMessages.Write(ref writer, unit));
        Answer(_connection.CallMethodAsync(call));
    }

    /// <summary>Starts a slice beside units whose programs it is to drop, which needs one of their settings itself.</summary>
    /// <remarks>systemd drops the programs of a unit when it compiles them anew, and does so only where the unit, or one in the same slice, wants some
    /// (unit_get_target_mask).</remarks>
    /// <exception cref="SystemdException">It refused.</exception>
    public void StartBeside(string slice)
    {
        var call = Call(ManagerPath, Manager, "StartTransientUnit", "ssa(sv)a(sa(sv))", (ref writer) => UnitMessages.WriteBeside(ref writer, slice));
        Answer(_connection.CallMethodAsync(call));
    }

    /// <summary>Stops it, if there is one.</summary>
    /// <exception cref="SystemdException">It does not answer.</exception>
    public void StopBeside(string slice)
    {
        var call = Call(ManagerPath, Manager, "StopUnit", "ss", (ref writer) =>
        {
            writer.WriteString(slice);
            writer.WriteString(UnitMessages.Replace);
        });
        try
        {
            Answer(_connection.CallMethodAsync(call));
        }
        catch (SystemdException e) when (e.InnerException is DBusErrorReplyException)
        {
            // It was not there.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _connection.Dispose();
        _socket.Dispose();
        _room.Dispose();
    }

    private delegate void BodyWriter(ref MessageWriter writer);

    // Those that have a cgroup. Nobody else's kind of unit has.
    private static string? KindOf(string name) => name[(name.LastIndexOf('.') + 1)..] switch
    {
        "service" => "Service",
        "scope" => "Scope",
        "slice" => "Slice",
        "socket" => "Socket",
        "mount" => "Mount",
        "swap" => "Swap",
        _ => null,
    };

    private static string InterfaceOf(string name) => $"{Service}.{KindOf(name)}";

    // Those whose kind can have a cgroup.
    private List<(string Name, string Path, bool HasEnded)> Units()
    {
        var list = Call(ManagerPath, Manager, "ListUnits", null, (ref _) => { });
        return Answer(_connection.CallMethodAsync(list, static (message, _) => Units(message), null));
    }

    private static List<(string Name, string Path, bool HasEnded)> Units(Message message)
    {
        var reader = message.GetBodyReader();
        var found = new List<(string, string, bool)>();
        for (var end = reader.ReadArrayStart(DBusType.Struct); reader.HasNext(end);)
        {
            reader.AlignStruct();
            var name = reader.ReadString();
            _ = reader.ReadString();
            _ = reader.ReadString();
            var state = reader.ReadString();
            _ = reader.ReadString();
            _ = reader.ReadString();
            var path = reader.ReadObjectPathAsString();
            _ = reader.ReadUInt32();
            _ = reader.ReadString();
            _ = reader.ReadObjectPathAsString();
            if (KindOf(name) is not null)
                found.Add((name, path, state is "inactive" or "failed"));
        }

        return found;
    }

    // As many as there is room for are asked for before the first is waited for.
    private async Task<UnitSettings> Settings(string name, string path)
    {
        var values = UnitMessages.Properties.Select(property => Get(path, InterfaceOf(name), property)).ToArray();
        return UnitMessages.Read(name, await Task.WhenAll(values).ConfigureAwait(false));
    }

    // Null: the unit is gone by now, or this systemd has no such setting.
    private async Task<VariantValue?> Get(string path, string kind, string property)
    {
        await _room.WaitAsync().ConfigureAwait(false);
        try
        {
            var call = Call(path, Properties, "Get", "ss", (ref writer) =>
            {
                writer.WriteString(kind);
                writer.WriteString(property);
            });
            return await _connection.CallMethodAsync(call, static (message, _) => message.GetBodyReader().ReadVariantValue(), null).ConfigureAwait(false);
        }
        catch (DBusErrorReplyException e) when (IsUnknown(e.ErrorName))
        {
            return null;
        }
        finally
        {
            _room.Release();
        }
    }

    // Any other error says nothing of the unit.
    private static bool IsUnknown(string? error) =>
        error is "org.freedesktop.DBus.Error.UnknownObject" or "org.freedesktop.DBus.Error.UnknownInterface" or "org.freedesktop.DBus.Error.UnknownProperty"
            or "org.freedesktop.DBus.Error.UnknownMethod" or "org.freedesktop.systemd1.NoSuchUnit";

    private MessageBuffer Call(string path, string kind, string member, string? signature, BodyWriter write)
    {
        var writer = _connection.GetMessageWriter();
        try
        {
            writer.WriteMethodCallHeader(Service, path, kind, member, signature);
            write(ref writer);
            return writer.CreateMessage();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static void Answer(Task call) => Answer(WithResult(call));

    private static async Task<object?> WithResult(Task call)
    {
        await call.ConfigureAwait(false);
        return null;
    }

    private static T Answer<T>(Task<T> call)
    {
        try
        {
            return call.WaitAsync(s_patience).GetAwaiter().GetResult();
        }
        catch (TimeoutException e)
        {
            throw new SystemdException($"the container's systemd does not answer within {s_patience.TotalSeconds:0} s", e);
        }
        catch (Exception e) when (e is DBusExceptionBase or IOException or SocketException or InvalidOperationException or ObjectDisposedException)
        {
            throw new SystemdException($"the container's systemd does not do it: {e.Message}", e);
        }
    }

    private sealed class Options(NetworkStream stream) : DBusConnectionOptions
    {
        // Root is known by the socket's credentials.
        protected override ValueTask<SetupResult> SetupAsync(CancellationToken cancellationToken) =>
            ValueTask.FromResult(new SetupResult { ConnectionStream = stream, UserId = "0" });
    }
}
