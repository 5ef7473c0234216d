using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>What a monitor waits for once its container runs: the end of init, signals, and whoever connects. One thread does everything, one thing after the
/// other.</summary>
/// <remarks>A signal is noted where the runtime hands it out, and handled here: .NET has threads that do not block signals, so a signalfd would miss some.
/// The terminal's and the session's are kept away from the process as long as this is there, for a container must not die with somebody's shell.</remarks>
internal sealed class MonitorLoop : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);
    private readonly Dictionary<PosixSignal, Action> _onSignal = [];
    private readonly List<Watched> _watched = [];
    private readonly List<Timer> _timers = [];
    private readonly PosixSignalRegistration[] _registrations;
    private readonly FileDescriptor _signals;
    private readonly FileDescriptor _noted;
    private readonly Action<Exception>? _failed;
    private bool _hasEnded;

    /// <summary>Begins to note signals; those that come before <see cref="Run"/> are handled by it.</summary>
    /// <param name="failed">Told what a handler threw; the loop goes on, for its end would be the container's.</param>
    /// <exception cref="SyscallException">There is no descriptor left.</exception>
    public MonitorLoop(Action<Exception>? failed = null)
    {
        _failed = failed;
        (_signals, _noted) = UnixSocket.Pair(UnixSocketType.Datagram);
        _registrations = [.. ((PosixSignal[])[PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM])
            .Select(signal => PosixSignalRegistration.Create(signal, Note))];
        Add(_signals, HandleSignals);
    }

    /// <summary>Names what is done when a signal comes: of the hang-up, interrupt, quit and terminate signals, which do nothing otherwise.</summary>
    public void OnSignal(PosixSignal signal, Action handle) => _onSignal[signal] = handle;

    /// <summary>Names the process whose end is the end of <see cref="Run"/>; it is not reaped. The handle stays the caller's.</summary>
    public void Watch(ProcessHandle init) => Add(init.Descriptor, () => _hasEnded = true);

    /// <summary>Accepts connections.</summary>
    /// <param name="socket">The socket that listens; stays the caller's.</param>
    /// <param name="accepted">Given each connection, which is its own to dispose, or to <see cref="Add"/>.</param>
    /// <returns>Disposed, it is listened to no more.</returns>
    public IDisposable Listen(FileDescriptor socket, Action<FileDescriptor> accepted) => Add(socket, () => accepted(UnixSocket.Accept(socket)));

    /// <summary>Watches a descriptor.</summary>
    /// <param name="descriptor">Stays the caller's, who disposes the watch first.</param>
    /// <param name="readable">Called whenever a read would not block: data, an end or an error. It must not wait.</param>
    /// <returns>Disposed, it is watched no more.</returns>
    public IDisposable Add(FileDescriptor descriptor, Action readable)
    {
        var watched = new Watched(this, descriptor, readable);
        _watched.Add(watched);
        return watched;
    }

    /// <summary>Has something done later, once.</summary>
    /// <param name="time">How much later, at the earliest.</param>
    /// <param name="due">Called then. It must not wait.</param>
    /// <returns>Disposed, it is not done any more.</returns>
    public IDisposable After(TimeSpan time, Action due)
    {
        var timer = new Timer(this, Environment.TickCount64 + (long)Math.Ceiling(time.TotalMilliseconds), due);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Handles what comes, on the calling thread, until the watched process has ended.</summary>
    /// <exception cref="SyscallException">ppoll(2) failed.</exception>
    public void Run()
    {
        while (!_hasEnded)
        {
            // What a handler adds is waited for from the next round on; what it takes away is not handled any more.
            var round = _watched.ToArray();
            var ready = DescriptorPoll.WaitAny([.. round.Select(one => one.Descriptor)], UntilNextTimer());
            for (var i = 0; i < round.Length; i++)
                if (ready[i] && _watched.Contains(round[i]))
                    Handle(round[i].Readable);
            foreach (var timer in _timers.Where(one => one.Due <= Environment.TickCount64).OrderBy(one => one.Due).ToArray())
                if (_timers.Remove(timer))
                    Handle(timer.Action);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _watched.Clear();
        _timers.Clear();
        _signals.Dispose();
        _noted.Dispose();
    }

    private TimeSpan? UntilNextTimer() =>
        _timers.Count == 0 ? null : TimeSpan.FromMilliseconds(Math.Max(0, _timers.Min(one => one.Due) - Environment.TickCount64));

    private void Handle(Action handler)
    {
        try
        {
            handler();
        }
        catch (Exception e)
        {
            // Whatever it is: this process's end would be the container's.
            _failed?.Invoke(e);
            // What fails at once may do so again at once: no descriptors are left to accept with, say.
            Thread.Sleep(Rest);
        }
    }

    private void Note(PosixSignalContext context)
    {
        context.Cancel = true;
        try
        {
            UnixSocket.Send(_noted, [(byte)-(int)context.Signal]);
        }
        catch (Exception e) when (e is SyscallException or ObjectDisposedException)
        {
            // The loop is over.
        }
    }

    private void HandleSignals()
    {
        Span<byte> number = stackalloc byte[1];
        using (UnixSocket.Receive(_signals, number, wait: false))
        {
        }

        // .NET numbers the signals that it names from -1 downwards.
        if (_onSignal.TryGetValue((PosixSignal)(-number[0]), out var handle))
            handle();
    }

    private sealed class Watched(MonitorLoop loop, FileDescriptor descriptor, Action readable) : IDisposable
    {
        public FileDescriptor Descriptor => descriptor;

        public Action Readable => readable;

        public void Dispose() => loop._watched.Remove(this);
    }

    private sealed class Timer(MonitorLoop loop, long due, Action action) : IDisposable
    {
        public long Due => due;

        public Action Action => action;

        public void Dispose() => loop._timers.Remove(this);
    }
}
