using System.Buffers.Binary;
using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Engines.Lxc.Commands;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>The container's state, and those who wait for another.</summary>
/// <remarks>Who waits for a stop is told by the end of its connection, as LXC does it.</remarks>
internal sealed class StateClients(string name)
{
    private const int States = 8;

    // What lxc-stop --reboot asks for: to be told although it runs already.
    private const int Later = 2;
    private readonly Dictionary<CommandClient, int[]> _waiting = [];

    /// <summary>The state.</summary>
    public LxcState State { get; private set; } = LxcState.Running;

    /// <summary>Answers with the state where it is one of those that are waited for, and has the client wait otherwise.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="request">A number for each state: 0 not waited for, 1 waited for, 2 waited for even if it is the one now.</param>
    public void Add(CommandClient client, byte[] request)
    {
        if (request.Length != States * sizeof(int))
        {
            client.Answer(CommandMessage.Refusal(Errno.EINVAL));
            return;
        }

        var wanted = Enumerable.Range(0, States).Select(one => BinaryPrimitives.ReadInt32LittleEndian(request.AsSpan(one * sizeof(int)))).ToArray();
        var now = wanted[(int)State] == 1;
        if (!now)
            _waiting[client] = wanted;
        // LXC keeps the connection in both cases, and has the same number in both places.
        var answer = now ? (int)State : States;
        client.AnswerAndKeep(new CommandMessage(answer, (ulong)answer, []));
    }

    /// <summary>Whether a client still waits.</summary>
    public bool IsWaiting(CommandClient client) => _waiting.ContainsKey(client);

    /// <summary>A client has gone.</summary>
    public void Release(CommandClient client) => _waiting.Remove(client);

    /// <summary>The container is in a state now: those who waited for it are told.</summary>
    public void Enter(LxcState state)
    {
        State = state == LxcState.Thawed ? LxcState.Running : state;
        foreach (var (client, _) in _waiting.Where(one => one.Value[(int)state] != 0).ToList())
            client.Tell(StateMessage.Of(name, state));
    }

    /// <summary>The container has stopped: whoever waits is told by the end of its connection.</summary>
    /// <param name="keepReboot">Whether those stay who wait for it to run again.</param>
    public void Close(bool keepReboot)
    {
        State = LxcState.Stopped;
        foreach (var (client, _) in _waiting.Where(one => !keepReboot || one.Value[(int)LxcState.Running] != Later).ToList())
            client.Dispose();
    }
}
