using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Serialization;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Bpf;

/// <summary>A program in the kernel as it can be loaded again: instructions, type, licence.</summary>
/// <param name="Type"><c>enum bpf_prog_type</c> of linux/bpf.h.</param>
/// <param name="IsGpl">Whether its licence is compatible with the GPL.</param>
/// <param name="Instructions"><c>struct bpf_insn</c>, 8 bytes each.</param>
public sealed record BpfProgram(uint Type, bool IsGpl, byte[] Instructions)
{
    private const int LogSize = 64 * 1024;
    private const int MostInstructions = 1_000_000;

    /// <summary>Whether it stands for itself: without maps, helpers and other programs, which instructions name by numbers of their time.</summary>
    [JsonIgnore]
    public bool IsSelfContained
    {
        get
        {
            if (Instructions.Length == 0 || Instructions.Length % BPF.InstructionSize != 0)
                return false;
            for (var at = 0; at < Instructions.Length; at += BPF.InstructionSize)
            {
                if (Instructions[at] == BPF.BPF_CALL_INSTRUCTION)
                    return false;
                if (Instructions[at] != BPF.BPF_WIDE_LOAD)
                    continue;
                // The source register tells what the constant of two instructions is: 0 is a number.
                if (Instructions[at + 1] >> 4 != 0)
                    return false;
                at += BPF.InstructionSize;
            }

            return true;
        }
    }

    /// <summary>Reads a program of the kernel; null where it is gone.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="SyscallException">EPERM: no CAP_SYS_ADMIN.</exception>
    public static BpfProgram? Read(uint id)
    {
        using var program = TryOpen(id);
        if (program is null)
            return null;
        var info = ReadInfo(program, []);
        var length = BpfCall.Get(info, BPF.ProgramInfoLength);
        if (length > MostInstructions * BPF.InstructionSize)
            throw new SyscallException("bpf BPF_OBJ_GET_INFO_BY_FD", $"program {id}", Errno.EFBIG, $"{length} bytes of instructions");
        var instructions = new byte[length];
        info = ReadInfo(program, instructions);
        // Nothing is copied to who may not see it; the length is told all the same.
        var isShown = BinaryPrimitives.ReadUInt64LittleEndian(info.AsSpan(BPF.ProgramInfoInstructions)) != 0;
        return new BpfProgram(BpfCall.Get(info, BPF.ProgramInfoType), (BpfCall.Get(info, BPF.ProgramInfoGpl) & 1) != 0, isShown ? instructions : []);
    }

    /// <summary>Loads it.</summary>
    /// <returns>The caller's to dispose; the kernel forgets a program that is neither open nor attached.</returns>
    /// <exception cref="SyscallException">EPERM: no CAP_BPF; EACCES, EINVAL: the kernel's verifier refused it, the message ends with what it said.</exception>
    public FileDescriptor Load()
    {
        var number = Load([]);
        if (number != -1)
            return new FileDescriptor(number);
        var errno = Errno.Last;
        // Once more, for what the verifier has to say: too little room for it is itself an error, so not at once.
        var log = new byte[LogSize];
        number = Load(log);
        if (number != -1)
            return new FileDescriptor(number);
        var said = Encoding.UTF8.GetString(log.AsSpan(0, Math.Max(0, log.AsSpan().IndexOf((byte)0)))).Trim().Split('\n');
        throw new SyscallException("bpf BPF_PROG_LOAD", $"{Instructions.Length / BPF.InstructionSize} instructions", errno,
            said.Length > 1 ? said[^2] : said[0]);
    }

    /// <summary>Opens a program of the kernel; null where it is gone.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="SyscallException">EPERM: no CAP_SYS_ADMIN.</exception>
    internal static FileDescriptor? TryOpen(uint id)
    {
        Span<byte> attributes = stackalloc byte[BPF.AttributeSize];
        attributes.Clear();
        BpfCall.Put(attributes, BPF.ProgramId, id);
        var number = BpfCall.Invoke(BPF.BPF_PROG_GET_FD_BY_ID, attributes);
        if (number != -1)
            return new FileDescriptor(number);
        if (Errno.Last != Errno.ENOENT)
            SyscallException.ThrowLast("bpf BPF_PROG_GET_FD_BY_ID", $"program {id}");
        return null;
    }

    private unsafe int Load(Span<byte> log)
    {
        Span<byte> attributes = stackalloc byte[BPF.AttributeSize];
        attributes.Clear();
        fixed (byte* instructions = Instructions, license = IsGpl ? "GPL\0"u8 : "\0"u8, logStart = log)
        {
            BpfCall.Put(attributes, BPF.LoadType, Type);
            BpfCall.Put(attributes, BPF.LoadCount, (uint)(Instructions.Length / BPF.InstructionSize));
            BpfCall.Put(attributes, BPF.LoadInstructions, instructions);
            BpfCall.Put(attributes, BPF.LoadLicense, license);
            BpfCall.Put(attributes, BPF.LoadLogLevel, log.IsEmpty ? 0u : 1);
            BpfCall.Put(attributes, BPF.LoadLogSize, (uint)log.Length);
            BpfCall.Put(attributes, BPF.LoadLog, logStart);
            return BpfCall.Invoke(BPF.BPF_PROG_LOAD, attributes);
        }
    }

    private static unsafe byte[] ReadInfo(FileDescriptor program, Span<byte> instructions)
    {
        var info = new byte[BPF.ProgramInfoGpl + sizeof(uint)];
        Span<byte> attributes = stackalloc byte[BPF.AttributeSize];
        attributes.Clear();
        fixed (byte* start = info, room = instructions)
        {
            BpfCall.Put(info, BPF.ProgramInfoLength, (uint)instructions.Length);
            BpfCall.Put(info, BPF.ProgramInfoInstructions, room);
            BpfCall.Put(attributes, BPF.InfoDescriptor, (uint)program.Number);
            BpfCall.Put(attributes, BPF.InfoLength, (uint)info.Length);
            BpfCall.Put(attributes, BPF.Info, start);
            BpfCall.Run(BPF.BPF_OBJ_GET_INFO_BY_FD, attributes, nameof(BPF.BPF_OBJ_GET_INFO_BY_FD), $"descriptor {program.Number}");
        }

        return info;
    }
}
