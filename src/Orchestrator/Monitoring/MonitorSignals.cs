using System.Runtime.InteropServices;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>Keeps the terminal's and the session's signals away from a monitor: a container must not die with somebody's shell.</summary>
/// <remarks>SIGTERM asks it to end; the container's init, whose parent-death signal is SIGKILL, then ends with it, after a proper clean-up.</remarks>
internal sealed class MonitorSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private volatile Action? _terminate;

    public MonitorSignals() =>
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => context.Cancel = true),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                _terminate?.Invoke();
            }),
        ];

    /// <summary>Names what SIGTERM does.</summary>
    public void OnTerminate(Action action) => _terminate = action;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
