using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Engines.Lxc.Commands;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>Answers LXC's tools about a container, as LXC's own monitor does.</summary>
internal sealed class CommandServer : IDisposable
{
    private const int MostClients = 200;
    private const int MostOthers = 20;
    private readonly CommandSocket _socket;
    private readonly ServedContainer _container;
    private readonly HashSet<CommandClient> _clients = [];
    private readonly StateClients _states;
    private readonly FreezeSwitch _freezer;
    private readonly DeviceSwitch _devices;
    private readonly IDisposable _listening;
    private bool _isStopped;

    /// <summary>Begins to answer.</summary>
    /// <param name="socket">The container's address, this object's from now on.</param>
    /// <param name="container">The container.</param>
    /// <param name="loop">What waits for whoever connects.</param>
    /// <exception cref="SyscallException">listen(2) failed.</exception>
    public CommandServer(CommandSocket socket, ServedContainer container, MonitorLoop loop)
    {
        (_socket, _container) = (socket, container);
        _states = new StateClients(container.Name);
        _freezer = new FreezeSwitch(container.Cgroups, loop, _states.Enter);
        _devices = new DeviceSwitch(container.Cgroups);
        socket.Listen();
        _listening = loop.Listen(socket.Descriptor, connection => Accept(connection, loop));
        MonitorFifo.Tell(container.LxcPath, container.Name, LxcState.Running);
    }

    /// <summary>Init has ended: those who wait for that are told. What follows is not answered any more.</summary>
    public void Stopping()
    {
        _states.Enter(LxcState.Stopping);
        MonitorFifo.Tell(_container.LxcPath, _container.Name, LxcState.Stopping);
    }

    /// <summary>Nothing of the container is left: its address is given free, and everybody told by the end of their connections.</summary>
    /// <param name="keepReboot">Whether those stay who wait for it to run again, until <see cref="RunsAgain"/>.</param>
    public void Stopped(bool keepReboot)
    {
        _isStopped = true;
        _listening.Dispose();
        _socket.Dispose();
        MonitorFifo.Tell(_container.LxcPath, _container.Name, LxcState.Stopped);
        _states.Close(keepReboot);
        foreach (var client in _clients.Where(one => !keepReboot || !_states.IsWaiting(one)).ToList())
            client.Dispose();
    }

    /// <summary>It was started again.</summary>
    public void RunsAgain() => _states.Enter(LxcState.Running);

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_isStopped)
            Stopped(keepReboot: false);
        foreach (var client in _clients.ToList())
            client.Dispose();
    }

    private void Accept(FileDescriptor connection, MonitorLoop loop)
    {
        // Who may not ask anything is told so, but takes no place of those who may.
        var mayAsk = IsAllowed(UnixSocket.PeerCredentials(connection));
        if (_clients.Count(one => one.MayAsk == mayAsk) >= (mayAsk ? MostClients : MostOthers))
            connection.Dispose();
        else
            _clients.Add(new CommandClient(connection, loop, IsAllowed, Handle, Forget) { MayAsk = mayAsk });
    }

    private bool IsAllowed(UnixCredentials peer) => MonitorTrust.IsAllowed(peer.UserId, _container.LxcPath);

    private void Forget(CommandClient client)
    {
        _clients.Remove(client);
        _states.Release(client);
        _container.Terminals.Release(client);
    }

    private void Handle(CommandClient client, CommandMessage request)
    {
        switch ((LxcCommand)request.Code)
        {
            case LxcCommand.GetState:
                client.Answer(CommandMessage.Answer((ulong)_states.State));
                break;
            case LxcCommand.GetInitPid:
                client.Answer(CommandMessage.Answer((ulong)_container.Init.Pid));
                break;
            case LxcCommand.GetInitPidfd:
                client.Answer(CommandMessage.Answer(0), _container.Init.Descriptor);
                break;
            case LxcCommand.GetCloneFlags:
                client.Answer(CommandMessage.Answer((ulong)_container.CloneFlags));
                break;
            case LxcCommand.GetName:
                client.Answer(CommandMessage.Answer(_container.Name));
                break;
            case LxcCommand.GetLxcPath:
                client.Answer(CommandMessage.Answer(_container.LxcPath));
                break;
            case LxcCommand.GetConfigItem:
                client.Answer(Value(request.Text) is { } value ? CommandMessage.Answer(value) : CommandMessage.Refusal(Errno.EPERM));
                break;
            case LxcCommand.GetCgroup or LxcCommand.GetLimitCgroup:
                AnswerPath(client, request);
                break;
            case LxcCommand.GetCgroup2Descriptor or LxcCommand.GetLimitCgroup2Descriptor:
                _container.Cgroups.AnswerUnified(client, (LxcCommand)request.Code == LxcCommand.GetLimitCgroup2Descriptor);
                break;
            case LxcCommand.GetCgroupDescriptor or LxcCommand.GetLimitCgroupDescriptor:
                _container.Cgroups.AnswerOne(client, request.Data, (LxcCommand)request.Code == LxcCommand.GetLimitCgroupDescriptor);
                break;
            case LxcCommand.GetCgroupContext:
                _container.Cgroups.AnswerAll(client, request.Data);
                break;
            case LxcCommand.Stop:
                Stop(client);
                break;
            case LxcCommand.Freeze or LxcCommand.Unfreeze:
                _freezer.Answer(client, (LxcCommand)request.Code == LxcCommand.Freeze, (int)request.Value);
                break;
            case LxcCommand.AddDevice:
                _devices.Answer(client, request.Data);
                break;
            case LxcCommand.AddStateClient:
                _states.Add(client, request.Data);
                break;
            case LxcCommand.ServeStateClients:
                ServeStates(client, request.Value);
                break;
            case LxcCommand.GetTerminal:
                _container.Terminals.Answer(client, (int)request.Value);
                break;
            case LxcCommand.GetDevptsDescriptor:
                AnswerDevpts(client);
                break;
            default:
                AnswerNothing(client, (LxcCommand)request.Code);
                break;
        }
    }

    // What is not asked of the container as it is: 64 bits are a pointer's place, a number is put there.
    private void ServeStates(CommandClient client, ulong state)
    {
        if (state > (ulong)LxcState.Thawed)
        {
            client.Answer(CommandMessage.Refusal(Errno.EINVAL));
            return;
        }

        _states.Enter((LxcState)state);
        client.Answer(CommandMessage.Answer(0));
    }

    private void Stop(CommandClient client)
    {
        try
        {
            _container.Init.SendSignal(_container.Configuration.Stop);
            // A frozen task ends only when it is thawed.
            _freezer.Thaw();
            client.Keep();
        }
        catch (SyscallException e)
        {
            client.Answer(CommandMessage.Refusal(e.Errno));
        }
    }

    private void AnswerPath(CommandClient client, CommandMessage request)
    {
        var data = request.Data;
        if (data.Length > 0 && Array.IndexOf(data, (byte)0) != data.Length - 1)
            client.Answer(CommandMessage.Refusal(Errno.EINVAL));
        else if (_container.Cgroups.Path(data.Length == 0 ? null : Encoding.UTF8.GetString(data.AsSpan(0, data.Length - 1)),
            (LxcCommand)request.Code == LxcCommand.GetLimitCgroup) is { } path)
            client.Answer(CommandMessage.Answer(path));
        else
            // LXC says no more than that, and its tools take it for "there is no such cgroup".
            client.Dispose();
    }

    private void AnswerDevpts(CommandClient client)
    {
        try
        {
            using var devpts = ServedDevpts.Open(_container.Init.Pid);
            client.Answer(CommandMessage.Answer(0), devpts);
        }
        catch (SyscallException)
        {
            client.Answer(CommandMessage.Refusal(Errno.EBADF));
        }
    }

    private static void AnswerNothing(CommandClient client, LxcCommand command)
    {
        if (command == LxcCommand.TerminalSize)
            client.Dispose();
        else
            client.Answer(CommandMessage.Refusal(command switch
            {
                // There is no filter with a listener: criu cannot restore one.
                LxcCommand.GetSeccompNotifyDescriptor => Errno.EBADF,
                LxcCommand.AddSeccompListener or LxcCommand.GetSystemdScope => Errno.EINVAL,
                // No console log is kept.
                LxcCommand.ConsoleLog => Errno.EFAULT,
                _ => Errno.ENOSYS,
            }));
    }

    private string? Value(string key) => _container.Configuration.Get(key);
}
