using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Engines.Lxc.Commands;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>Who has which of the container's terminals: one at a time, as long as its connection is there. Number 0 is the console.</summary>
/// <param name="terminals">Their masters, by number; the caller's.</param>
/// <param name="taken">Told of a master that somebody has from now on: nobody else may read it.</param>
/// <param name="free">Told of one that nobody has any more.</param>
internal sealed class ServedTerminals(IReadOnlyDictionary<int, FileDescriptor> terminals, Action<FileDescriptor>? taken = null,
    Action<FileDescriptor>? free = null)
{
    private readonly Dictionary<CommandClient, int> _holders = [];

    /// <summary>Answers with a terminal's master.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="wanted">Which; -1 for the next that is free, except for the console.</param>
    public void Answer(CommandClient client, int wanted)
    {
        var number = wanted >= 0 ? wanted : terminals.Keys.Where(one => one > 0).Order().FirstOrDefault(IsFree, -1);
        if (!terminals.TryGetValue(number, out var master) || !IsFree(number))
        {
            client.Answer(CommandMessage.Refusal(Errno.EBADF));
            return;
        }

        _holders[client] = number;
        taken?.Invoke(master);
        client.AnswerAndKeep(CommandMessage.Answer((ulong)number), master);
    }

    /// <summary>A client has gone: what it had is free.</summary>
    public void Release(CommandClient client)
    {
        if (_holders.Remove(client, out var number))
            free?.Invoke(terminals[number]);
    }

    private bool IsFree(int number) => !_holders.ContainsValue(number);
}
