using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;
using Signal = LxcNative.Native.Processes.Signal;

namespace LxcNative.Orchestrator.Execution;

/// <summary>What ends this process ends the one that it waits for instead: SIGTERM and SIGHUP. Ctrl-C reaches both.</summary>
internal sealed class ForwardedSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    private ForwardedSignals(params PosixSignalRegistration[] registrations) => _registrations = registrations;

    /// <summary>Forwards to a process.</summary>
    /// <param name="process">Stays the caller's, and open.</param>
    public static ForwardedSignals To(ProcessHandle process) => new(
        Register(PosixSignal.SIGTERM, () => process.SendSignal(Signal.Terminate)), Register(PosixSignal.SIGHUP, () => process.SendSignal(Signal.Hangup)),
        Register(PosixSignal.SIGINT, () => { }), Register(PosixSignal.SIGQUIT, () => { }));

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var one in _registrations)
            one.Dispose();
    }

    private static PosixSignalRegistration Register(PosixSignal signal, Action action) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        try
        {
            action();
        }
        catch (SyscallException)
        {
            // It has ended.
        }
    });
}
