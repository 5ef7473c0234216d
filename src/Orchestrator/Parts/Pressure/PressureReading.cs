using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Parts.Pressure;

/// <summary>Finds out what processes asked to be told of. The kernel does not tell: it is known from how long it was, and who asked.</summary>
internal sealed class PressureReading
{
    // What systemd asks for where nothing else is configured, with the NUL that it writes (sd_event_add_memory_pressure(3)).
    private static readonly byte[] s_usual = [.. "some 200000 2000000\0"u8];
    private const string Variable = "MEMORY_PRESSURE_WRITE=";
    private const uint Writable = 3;
    private const uint Priority = 2, Output = 4; // EPOLLPRI, EPOLLOUT
    private readonly List<PressureTrigger> _found = [];
    private readonly List<string> _unknown = [];

    private PressureReading()
    {
    }

    /// <summary>What is known.</summary>
    public IReadOnlyList<PressureTrigger> Found => _found;

    /// <summary>The descriptors of which it is not known, in words.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    /// <summary>Reads it, of all processes of a container.</summary>
    /// <param name="init">The container's init.</param>
    public static PressureReading Take(int init)
    {
        var reading = new PressureReading();
        foreach (var process in ProcessTree.Read(init).SelfAndDescendants())
        {
            try
            {
                foreach (var descriptor in ProcessDescriptors.Read(process.Pid))
                    if (PressureFile.IsName(descriptor.Target))
                        reading.Add(process, descriptor);
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
            {
                // It has ended.
            }
        }

        return reading;
    }

    /// <summary>What was written: what the process's environment says it shall write, or what is usual; null where it was neither.</summary>
    /// <param name="environment">The process's environment.</param>
    /// <param name="length">How long it was; null where that is not known.</param>
    internal static byte[]? WrittenBy(ReadOnlySpan<byte> environment, long? length)
    {
        foreach (var range in environment.Split((byte)0))
        {
            var variable = Encoding.UTF8.GetString(environment[range]);
            if (variable.StartsWith(Variable, StringComparison.Ordinal) && Decoded(variable[Variable.Length..]) is { Length: > 0 } written
                && written.Length == (length ?? written.Length))
                return written;
        }

        return s_usual.Length == (length ?? s_usual.Length) ? s_usual : null;
    }

    private static byte[]? Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? bytes[..count] : null;
    }

    private void Add(ProcessNode process, ProcessDescriptor descriptor)
    {
        var info = ProcessDescriptors.ReadInfo(process.Pid, descriptor.Number);
        if ((info.Flags & Writable) == 0 || !HasAsked(process.Pid, descriptor, info.Position))
            return;
        // The file of a cgroup has a position as long as what was written, one of /proc has none.
        if (WrittenBy(KernelFile.ReadBytes($"/proc/{process.Pid}/environ"), info.Position == 0 ? null : info.Position) is { } written)
            _found.Add(new PressureTrigger(process.PidInNamespace, descriptor.Number, written));
        else
            _unknown.Add($"descriptor {descriptor.Number} of process {process.PidInNamespace} ({process.Comm}), {descriptor.Target}");
    }

    // Who asks only afterwards must not find that it is asked already (EBUSY).
    private static bool HasAsked(int pid, ProcessDescriptor descriptor, long position) => position != 0
        || (PressureFile.IsOfProc(descriptor.Target)
            && EpollWatch.Of(pid, descriptor.Number).Any(one => (one.Watch.Events & (Priority | Output)) == Priority));
}
