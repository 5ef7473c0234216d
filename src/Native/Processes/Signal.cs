using LxcNative.Native.Uapi;

namespace LxcNative.Native.Processes;

/// <summary>A signal (signal(7)); real-time signals are plain numbers from 34 on.</summary>
public enum Signal
{
    /// <summary>No signal: only whether one could be sent.</summary>
    None = 0,

    /// <summary>SIGHUP.</summary>
    Hangup = Signals.SIGHUP,

    /// <summary>SIGINT.</summary>
    Interrupt = Signals.SIGINT,

    /// <summary>SIGQUIT.</summary>
    Quit = Signals.SIGQUIT,

    /// <summary>SIGILL.</summary>
    IllegalInstruction = Signals.SIGILL,

    /// <summary>SIGTRAP.</summary>
    Trap = Signals.SIGTRAP,

    /// <summary>SIGABRT.</summary>
    Abort = Signals.SIGABRT,

    /// <summary>SIGBUS.</summary>
    Bus = Signals.SIGBUS,

    /// <summary>SIGFPE.</summary>
    FloatingPoint = Signals.SIGFPE,

    /// <summary>SIGKILL.</summary>
    Kill = Signals.SIGKILL,

    /// <summary>SIGUSR1.</summary>
    User1 = Signals.SIGUSR1,

    /// <summary>SIGSEGV.</summary>
    SegmentationViolation = Signals.SIGSEGV,

    /// <summary>SIGUSR2.</summary>
    User2 = Signals.SIGUSR2,

    /// <summary>SIGPIPE.</summary>
    Pipe = Signals.SIGPIPE,

    /// <summary>SIGALRM.</summary>
    Alarm = Signals.SIGALRM,

    /// <summary>SIGTERM.</summary>
    Terminate = Signals.SIGTERM,

    /// <summary>SIGCHLD.</summary>
    Child = Signals.SIGCHLD,

    /// <summary>SIGCONT.</summary>
    Continue = Signals.SIGCONT,

    /// <summary>SIGSTOP.</summary>
    Stop = Signals.SIGSTOP,

    /// <summary>SIGTSTP.</summary>
    TerminalStop = Signals.SIGTSTP,

    /// <summary>SIGWINCH.</summary>
    WindowChange = Signals.SIGWINCH,

    /// <summary>SIGPWR: LXC's default request to halt.</summary>
    PowerFailure = Signals.SIGPWR,

    /// <summary>SIGSYS.</summary>
    BadSystemCall = Signals.SIGSYS,
}
