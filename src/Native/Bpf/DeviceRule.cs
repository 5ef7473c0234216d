using System.Buffers.Binary;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Bpf;

/// <summary>A rule about devices that is asked before a program of a version 2 cgroup: the last one that was made decides, as in version 1.</summary>
/// <param name="Type"><c>c</c>, <c>b</c>, or <c>a</c>: all devices, whatever else the rule says; nothing of the program is asked any more then.</param>
/// <param name="Major">The number; -1 for any.</param>
/// <param name="Minor">The number; -1 for any.</param>
/// <param name="Access">Some of <c>rwm</c>. A permission is one for what asks no more than these, a prohibition one for whatever asks one of these.</param>
/// <param name="IsAllowed">Whether it permits.</param>
internal sealed record DeviceRule(char Type, int Major, int Minor, string Access, bool IsAllowed)
{
    private const int AllAccess = BPF.BPF_DEVCG_ACC_MKNOD | BPF.BPF_DEVCG_ACC_READ | BPF.BPF_DEVCG_ACC_WRITE;
    private const uint CgroupDevice = BPF.BPF_PROG_TYPE_CGROUP_DEVICE;

    private int Mask => Access.Aggregate(0, (mask, letter) => mask | letter switch
    {
        'm' => BPF.BPF_DEVCG_ACC_MKNOD,
        'r' => BPF.BPF_DEVCG_ACC_READ,
        'w' => BPF.BPF_DEVCG_ACC_WRITE,
        _ => 0,
    });

    /// <summary>The rule, and the program where the rule says nothing.</summary>
    /// <param name="program">A program that decides about devices; null for one that permits all.</param>
    public BpfProgram Before(BpfProgram? program)
    {
        program ??= new BpfProgram(CgroupDevice, IsGpl: true, Verdict(true));
        if (Type == 'a')
            return program with { Instructions = Verdict(IsAllowed) };

        // In registers that the program does not look into: it finds its own first as the kernel passed it.
        var tests = new List<byte[]>
        {
            Instruction(BPF.BPF_LDX_WORD, to: 2, from: 1, BPF.DeviceAccessType, 0),
            Instruction(BPF.BPF_MOV_REGISTER, to: 3, from: 2, 0, 0),
            Instruction(BPF.BPF_AND_CONSTANT, to: 2, from: 0, 0, 0xffff),
            Unless(BPF.BPF_JNE_CONSTANT, register: 2, Type == 'b' ? BPF.BPF_DEVCG_DEV_BLOCK : BPF.BPF_DEVCG_DEV_CHAR),
            Instruction(BPF.BPF_RSH_CONSTANT, to: 3, from: 0, 0, 16),
            Instruction(BPF.BPF_AND_CONSTANT, to: 3, from: 0, 0, IsAllowed ? AllAccess & ~Mask : Mask),
            Unless(IsAllowed ? BPF.BPF_JNE_CONSTANT : BPF.BPF_JEQ_CONSTANT, register: 3, 0),
        };
        foreach (var (number, offset) in ((int, int)[])[(Major, BPF.DeviceMajor), (Minor, BPF.DeviceMinor)])
        {
            if (number < 0)
                continue;
            tests.Add(Instruction(BPF.BPF_LDX_WORD, to: 2, from: 1, offset, 0));
            tests.Add(Unless(BPF.BPF_JNE_CONSTANT, register: 2, number));
        }

        var verdict = Verdict(IsAllowed);
        // Each jumps behind the verdict.
        for (var i = 0; i < tests.Count; i++)
        {
            if (tests[i][0] is BPF.BPF_JNE_CONSTANT or BPF.BPF_JEQ_CONSTANT)
                BinaryPrimitives.WriteInt16LittleEndian(tests[i].AsSpan(2), (short)(tests.Count - i - 1 + (verdict.Length / BPF.InstructionSize)));
        }

        return program with { Instructions = [.. tests.SelectMany(bytes => bytes), .. verdict, .. program.Instructions] };
    }

    private static byte[] Verdict(bool isAllowed) =>
        [.. Instruction(BPF.BPF_MOV_CONSTANT, to: 0, from: 0, 0, isAllowed ? 1 : 0), .. Instruction(BPF.BPF_EXIT_INSTRUCTION, to: 0, from: 0, 0, 0)];

    private static byte[] Unless(byte code, int register, int value) => Instruction(code, register, from: 0, 0, value);

    // struct bpf_insn: | u8 code | u4 to, u4 from | s16 offset | s32 constant |
    private static byte[] Instruction(byte code, int to, int from, int offset, int constant)
    {
        var instruction = new byte[BPF.InstructionSize];
        instruction[0] = code;
        instruction[1] = (byte)(to | (from << 4));
        BinaryPrimitives.WriteInt16LittleEndian(instruction.AsSpan(2), (short)offset);
        BinaryPrimitives.WriteInt32LittleEndian(instruction.AsSpan(4), constant);
        return instruction;
    }
}
