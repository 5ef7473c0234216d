namespace LxcNative.Native.Uapi;

/// <summary>signal.h on x86-64 and arm64.</summary>
internal static class Signals
{
    public const int SIGHUP = 1;
    public const int SIGINT = 2;
    public const int SIGQUIT = 3;
    public const int SIGILL = 4;
    public const int SIGTRAP = 5;
    public const int SIGABRT = 6;
    public const int SIGBUS = 7;
    public const int SIGFPE = 8;
    public const int SIGKILL = 9;
    public const int SIGUSR1 = 10;
    public const int SIGSEGV = 11;
    public const int SIGUSR2 = 12;
    public const int SIGPIPE = 13;
    public const int SIGALRM = 14;
    public const int SIGTERM = 15;
    public const int SIGCHLD = 17;
    public const int SIGCONT = 18;
    public const int SIGSTOP = 19;
    public const int SIGTSTP = 20;
    public const int SIGWINCH = 28;
    public const int SIGPWR = 30;
    public const int SIGSYS = 31;

    /// <summary>What is to become of a thread's mask (sigprocmask(2)): it is replaced.</summary>
    public const int SIG_SETMASK = 2;

    /// <summary>sizeof(sigset_t) of the C library.</summary>
    public const int SizeOfSigset = 128;
}
