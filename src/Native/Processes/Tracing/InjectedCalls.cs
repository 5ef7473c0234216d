using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Processes.Tracing;

/// <summary>System calls that a stopped task makes for its tracer, by an instruction that is in its vDSO: nothing of its memory is written. What it was doing
/// goes on as if it had only been stopped (ptrace(2), signal(7) "Interruption of system calls").</summary>
/// <remarks>Signals wait meanwhile, and its filters are not asked where it is traced with PTRACE_O_SUSPEND_SECCOMP. A tracer that dies in here leaves the task
/// with the call's registers: nothing that can wait belongs here.</remarks>
internal sealed unsafe class InjectedCalls
{
    private readonly TracedTask _task;
    private readonly ulong _instruction;
    private readonly user_regs_struct _before;

    private InjectedCalls(TracedTask task, ulong instruction)
    {
        (_task, _instruction) = (task, instruction);
        _before = Registers;
    }

    /// <summary>Whether this machine's registers are known.</summary>
    public static bool AreSupported => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private user_regs_struct Registers
    {
        get
        {
            user_regs_struct registers;
            var vector = new iovec { iov_base = &registers, iov_len = (size_t)(uint)sizeof(user_regs_struct) };
            _task.Request(Ptrace.PTRACE_GETREGSET, Ptrace.NT_PRSTATUS, &vector, "PTRACE_GETREGSET");
            return (int)(ulong)vector.iov_len == sizeof(user_regs_struct) ? registers : throw new SyscallException("ptrace PTRACE_GETREGSET",
                $"task {_task.Id}, a 32-bit one", Errno.EOPNOTSUPP);
        }

        set
        {
            var vector = new iovec { iov_base = &value, iov_len = (size_t)(uint)sizeof(user_regs_struct) };
            _task.Request(Ptrace.PTRACE_SETREGSET, Ptrace.NT_PRSTATUS, &vector, "PTRACE_SETREGSET");
        }
    }

    /// <summary>Has a task make calls, and puts everything back.</summary>
    /// <param name="task">It, as it was when it was stopped.</param>
    /// <param name="instruction">The address of an instruction that makes a system call (<see cref="Memory.VdsoCall"/>).</param>
    /// <param name="calls">Makes them.</param>
    /// <exception cref="SyscallException">ptrace(2) failed; ESRCH: the task has ended; EBUSY: somebody had stopped it before. EAGAIN:
    /// it is in no system call.</exception>
    public static T Run<T>(TracedTask task, ulong instruction, Func<InjectedCalls, T> calls)
    {
        if (task.WhyStopped != TracedTask.Stopped)
            throw new SyscallException("ptrace PTRACE_INTERRUPT", $"task {task.Id}, stopped by 0x{task.WhyStopped:x}", Errno.EBUSY);
        var injected = new InjectedCalls(task, instruction);
        // What is not in a system call may be in a sequence that the kernel begins again when it is interrupted (rseq(2)), by where it is then.
        if ((long)injected._before.orig_rax < 0)
            throw new SyscallException("ptrace PTRACE_INTERRUPT", $"task {task.Id}, which is in no system call", Errno.EAGAIN);
        ulong mask, all = ulong.MaxValue;
        task.Request(Ptrace.PTRACE_GETSIGMASK, sizeof(ulong), &mask, "PTRACE_GETSIGMASK");
        task.Request(Ptrace.PTRACE_SETSIGMASK, sizeof(ulong), &all, "PTRACE_SETSIGMASK");
        try
        {
            return calls(injected);
        }
        finally
        {
            try
            {
                injected.PutBack();
            }
            finally
            {
                task.Request(Ptrace.PTRACE_SETSIGMASK, sizeof(ulong), &mask, "PTRACE_SETSIGMASK");
            }
        }
    }

    /// <summary>Makes one.</summary>
    /// <returns>What it returned; -errno where it failed.</returns>
    /// <exception cref="SyscallException">EINTR: the task did something else. ESRCH: it has ended.</exception>
    public long Call(int number, ulong argument)
    {
        var registers = _before;
        (registers.rax, registers.rdi, registers.rip, registers.orig_rax) = ((ulong)number, argument, _instruction, ulong.MaxValue);
        Registers = registers;
        // To where it begins, and to where it ends.
        for (var stop = 0; stop < 2; stop++)
        {
            _task.Resume(Ptrace.PTRACE_SYSCALL, "PTRACE_SYSCALL");
            if (_task.AwaitStop() is var why && why != TracedTask.AtCall)
                throw new SyscallException($"system call {number} in a task", $"task {_task.Id}, stopped by 0x{why:x}", Errno.EINTR);
        }

        return (long)Registers.rax;
    }

    // A call that was interrupted is begun again only from a stop of this kind: that of a call's end is too late.
    private void PutBack()
    {
        _task.Request(Ptrace.PTRACE_INTERRUPT, 0, null, "PTRACE_INTERRUPT");
        Registers = _before;
        _task.Resume(Ptrace.PTRACE_CONT, "PTRACE_CONT");
        // Also for a signal that cannot wait, which it gets when it is let go.
        _ = _task.AwaitStop();
    }
}
