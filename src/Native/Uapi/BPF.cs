namespace LxcNative.Native.Uapi;

/// <summary>linux/bpf.h: the commands of bpf(2) that cgroups need, and where in <c>union bpf_attr</c> and <c>struct bpf_prog_info</c> their arguments
/// are.</summary>
internal static class BPF
{
    public const int BPF_PROG_LOAD = 5;
    public const int BPF_PROG_ATTACH = 8;
    public const int BPF_PROG_GET_FD_BY_ID = 13;
    public const int BPF_OBJ_GET_INFO_BY_FD = 15;
    public const int BPF_PROG_QUERY = 16;

    public const byte BPF_CALL_INSTRUCTION = 0x85;
    public const byte BPF_WIDE_LOAD = 0x18;
    public const byte BPF_EXIT_INSTRUCTION = 0x95;
    public const byte BPF_LDX_WORD = 0x61;
    public const byte BPF_MOV_REGISTER = 0xbf;
    public const byte BPF_MOV_CONSTANT = 0xb7;
    public const byte BPF_AND_CONSTANT = 0x57;
    public const byte BPF_RSH_CONSTANT = 0x77;
    public const byte BPF_JNE_CONSTANT = 0x55;
    public const byte BPF_JEQ_CONSTANT = 0x15;
    public const int InstructionSize = 8;

    public const uint BPF_PROG_TYPE_CGROUP_DEVICE = 15;
    public const uint BPF_F_ALLOW_MULTI = 2;
    public const uint BPF_F_REPLACE = 4;

    public const int BPF_DEVCG_DEV_BLOCK = 1;
    public const int BPF_DEVCG_DEV_CHAR = 2;
    public const int BPF_DEVCG_ACC_MKNOD = 1;
    public const int BPF_DEVCG_ACC_READ = 2;
    public const int BPF_DEVCG_ACC_WRITE = 4;

    public const int DeviceAccessType = 0;
    public const int DeviceMajor = 4;
    public const int DeviceMinor = 8;

    /// <summary>Room for the arguments of every command used here, which every kernel that has them takes.</summary>
    public const int AttributeSize = 72;

    public const int LoadType = 0;
    public const int LoadCount = 4;
    public const int LoadInstructions = 8;
    public const int LoadLicense = 16;
    public const int LoadLogLevel = 24;
    public const int LoadLogSize = 28;
    public const int LoadLog = 32;

    public const int AttachTarget = 0;
    public const int AttachProgram = 4;
    public const int AttachType = 8;
    public const int AttachFlags = 12;
    public const int AttachReplaced = 16;

    public const int ProgramId = 0;

    public const int InfoDescriptor = 0;
    public const int InfoLength = 4;
    public const int Info = 8;

    public const int QueryTarget = 0;
    public const int QueryType = 4;
    public const int QueryAttachFlags = 12;
    public const int QueryPrograms = 16;
    public const int QueryCount = 24;

    public const int ProgramInfoType = 0;
    public const int ProgramInfoLength = 20;
    public const int ProgramInfoInstructions = 32;
    public const int ProgramInfoGpl = 84;
}
