namespace LxcNative.Netlink.Netfilter.Uapi;

/// <summary>Message types; the lower byte under NFNL_SUBSYS_NFTABLES. DESTROY needs Linux 6.3.</summary>
internal enum NFT_MSG : ushort
{
    NFT_MSG_NEWTABLE = 0,
    NFT_MSG_GETTABLE = 1,
    NFT_MSG_DELTABLE = 2,
    NFT_MSG_NEWCHAIN = 3,
    NFT_MSG_GETCHAIN = 4,
    NFT_MSG_DELCHAIN = 5,
    NFT_MSG_NEWRULE = 6,
    NFT_MSG_GETRULE = 7,
    NFT_MSG_DELRULE = 8,
    NFT_MSG_NEWSET = 9,
    NFT_MSG_GETSET = 10,
    NFT_MSG_DELSET = 11,
    NFT_MSG_NEWSETELEM = 12,
    NFT_MSG_GETSETELEM = 13,
    NFT_MSG_DELSETELEM = 14,
    NFT_MSG_NEWGEN = 15,
    NFT_MSG_GETGEN = 16,
    NFT_MSG_TRACE = 17,
    NFT_MSG_NEWOBJ = 18,
    NFT_MSG_GETOBJ = 19,
    NFT_MSG_DELOBJ = 20,
    NFT_MSG_GETOBJ_RESET = 21,
    NFT_MSG_NEWFLOWTABLE = 22,
    NFT_MSG_GETFLOWTABLE = 23,
    NFT_MSG_DELFLOWTABLE = 24,
    NFT_MSG_GETRULE_RESET = 25,
    NFT_MSG_DESTROYTABLE = 26,
    NFT_MSG_DESTROYCHAIN = 27,
    NFT_MSG_DESTROYRULE = 28,
    NFT_MSG_DESTROYSET = 29,
    NFT_MSG_DESTROYSETELEM = 30,
    NFT_MSG_DESTROYOBJ = 31,
    NFT_MSG_DESTROYFLOWTABLE = 32,
}

/// <summary>Flags of a table.</summary>
[Flags]
internal enum NFT_TABLE_F : uint
{
    NFT_TABLE_F_DORMANT = 0x1,
    NFT_TABLE_F_OWNER = 0x2,
    NFT_TABLE_F_PERSIST = 0x4,
}

/// <summary>Attributes of a table.</summary>
internal enum NFTA_TABLE : ushort
{
    NFTA_TABLE_UNSPEC = 0,
    NFTA_TABLE_NAME = 1,
    NFTA_TABLE_FLAGS = 2,
    NFTA_TABLE_USE = 3,
    NFTA_TABLE_HANDLE = 4,
    NFTA_TABLE_PAD = 5,
    NFTA_TABLE_USERDATA = 6,
    NFTA_TABLE_OWNER = 7,
}

/// <summary>Flags of a chain.</summary>
[Flags]
internal enum NFT_CHAIN : uint
{
    NFT_CHAIN_BASE = 0x1,
    NFT_CHAIN_HW_OFFLOAD = 0x2,
    NFT_CHAIN_BINDING = 0x4,
}

/// <summary>Attributes of a chain.</summary>
internal enum NFTA_CHAIN : ushort
{
    NFTA_CHAIN_UNSPEC = 0,
    NFTA_CHAIN_TABLE = 1,
    NFTA_CHAIN_HANDLE = 2,
    NFTA_CHAIN_NAME = 3,
    NFTA_CHAIN_HOOK = 4,
    NFTA_CHAIN_POLICY = 5,
    NFTA_CHAIN_USE = 6,
    NFTA_CHAIN_TYPE = 7,
    NFTA_CHAIN_COUNTERS = 8,
    NFTA_CHAIN_PAD = 9,
    NFTA_CHAIN_FLAGS = 10,
    NFTA_CHAIN_ID = 11,
    NFTA_CHAIN_USERDATA = 12,
}

/// <summary>Attributes of a base chain's hook.</summary>
internal enum NFTA_HOOK : ushort
{
    NFTA_HOOK_UNSPEC = 0,
    NFTA_HOOK_HOOKNUM = 1,
    NFTA_HOOK_PRIORITY = 2,
    NFTA_HOOK_DEV = 3,
    NFTA_HOOK_DEVS = 4,
}

/// <summary>Attributes of a rule.</summary>
internal enum NFTA_RULE : ushort
{
    NFTA_RULE_UNSPEC = 0,
    NFTA_RULE_TABLE = 1,
    NFTA_RULE_CHAIN = 2,
    NFTA_RULE_HANDLE = 3,
    NFTA_RULE_EXPRESSIONS = 4,
    NFTA_RULE_COMPAT = 5,
    NFTA_RULE_POSITION = 6,
    NFTA_RULE_USERDATA = 7,
    NFTA_RULE_PAD = 8,
    NFTA_RULE_ID = 9,
    NFTA_RULE_POSITION_ID = 10,
    NFTA_RULE_CHAIN_ID = 11,
}

/// <summary>A list of things.</summary>
internal enum NFTA_LIST : ushort
{
    NFTA_LIST_UNSPEC = 0,
    NFTA_LIST_ELEM = 1,
}

/// <summary>An expression: its name, and data in a space of that name.</summary>
internal enum NFTA_EXPR : ushort
{
    NFTA_EXPR_UNSPEC = 0,
    NFTA_EXPR_NAME = 1,
    NFTA_EXPR_DATA = 2,
}

/// <summary>A value or a verdict.</summary>
internal enum NFTA_DATA : ushort
{
    NFTA_DATA_UNSPEC = 0,
    NFTA_DATA_VALUE = 1,
    NFTA_DATA_VERDICT = 2,
}

/// <summary>Attributes of a verdict.</summary>
internal enum NFTA_VERDICT : ushort
{
    NFTA_VERDICT_UNSPEC = 0,
    NFTA_VERDICT_CODE = 1,
    NFTA_VERDICT_CHAIN = 2,
    NFTA_VERDICT_CHAIN_ID = 3,
}

/// <summary>Verdicts besides those of netfilter (NF_DROP 0, NF_ACCEPT 1).</summary>
internal enum NFT_VERDICT
{
    NFT_CONTINUE = -1,
    NFT_BREAK = -2,
    NFT_JUMP = -3,
    NFT_GOTO = -4,
    NFT_RETURN = -5,
}

/// <summary>Registers: four of 16 bytes, the same memory as sixteen of 4 bytes.</summary>
public enum NFT_REG : uint
{
    NFT_REG_VERDICT = 0,
    NFT_REG_1 = 1,
    NFT_REG_2 = 2,
    NFT_REG_3 = 3,
    NFT_REG_4 = 4,
    NFT_REG32_00 = 8,
    NFT_REG32_01 = 9,
    NFT_REG32_02 = 10,
    NFT_REG32_03 = 11,
    NFT_REG32_04 = 12,
    NFT_REG32_05 = 13,
    NFT_REG32_06 = 14,
    NFT_REG32_07 = 15,
    NFT_REG32_08 = 16,
    NFT_REG32_09 = 17,
    NFT_REG32_10 = 18,
    NFT_REG32_11 = 19,
    NFT_REG32_12 = 20,
    NFT_REG32_13 = 21,
    NFT_REG32_14 = 22,
    NFT_REG32_15 = 23,
}

/// <summary>Flags of a set.</summary>
[Flags]
public enum NFT_SET : uint
{
    NFT_SET_ANONYMOUS = 0x1,
    NFT_SET_CONSTANT = 0x2,
    NFT_SET_INTERVAL = 0x4,
    NFT_SET_MAP = 0x8,
    NFT_SET_TIMEOUT = 0x10,
    NFT_SET_EVAL = 0x20,
    NFT_SET_OBJECT = 0x40,
    NFT_SET_CONCAT = 0x80,
    NFT_SET_EXPR = 0x100,
}

/// <summary>Attributes of a set.</summary>
internal enum NFTA_SET : ushort
{
    NFTA_SET_UNSPEC = 0,
    NFTA_SET_TABLE = 1,
    NFTA_SET_NAME = 2,
    NFTA_SET_FLAGS = 3,
    NFTA_SET_KEY_TYPE = 4,
    NFTA_SET_KEY_LEN = 5,
    NFTA_SET_DATA_TYPE = 6,
    NFTA_SET_DATA_LEN = 7,
    NFTA_SET_POLICY = 8,
    NFTA_SET_DESC = 9,
    NFTA_SET_ID = 10,
    NFTA_SET_TIMEOUT = 11,
    NFTA_SET_GC_INTERVAL = 12,
    NFTA_SET_USERDATA = 13,
    NFTA_SET_PAD = 14,
    NFTA_SET_OBJ_TYPE = 15,
    NFTA_SET_HANDLE = 16,
    NFTA_SET_EXPR = 17,
    NFTA_SET_EXPRESSIONS = 18,
}

/// <summary>Attributes of a list of set elements.</summary>
internal enum NFTA_SET_ELEM_LIST : ushort
{
    NFTA_SET_ELEM_LIST_UNSPEC = 0,
    NFTA_SET_ELEM_LIST_TABLE = 1,
    NFTA_SET_ELEM_LIST_SET = 2,
    NFTA_SET_ELEM_LIST_ELEMENTS = 3,
    NFTA_SET_ELEM_LIST_SET_ID = 4,
}

/// <summary>Attributes of a set element.</summary>
internal enum NFTA_SET_ELEM : ushort
{
    NFTA_SET_ELEM_UNSPEC = 0,
    NFTA_SET_ELEM_KEY = 1,
    NFTA_SET_ELEM_DATA = 2,
    NFTA_SET_ELEM_FLAGS = 3,
    NFTA_SET_ELEM_TIMEOUT = 4,
    NFTA_SET_ELEM_EXPIRATION = 5,
    NFTA_SET_ELEM_USERDATA = 6,
    NFTA_SET_ELEM_EXPR = 7,
    NFTA_SET_ELEM_PAD = 8,
    NFTA_SET_ELEM_OBJREF = 9,
    NFTA_SET_ELEM_KEY_END = 10,
    NFTA_SET_ELEM_EXPRESSIONS = 11,
}

/// <summary>Attributes of the expression immediate.</summary>
internal enum NFTA_IMMEDIATE : ushort
{
    NFTA_IMMEDIATE_UNSPEC = 0,
    NFTA_IMMEDIATE_DREG = 1,
    NFTA_IMMEDIATE_DATA = 2,
}

/// <summary>Comparisons.</summary>
public enum NFT_CMP : uint
{
    NFT_CMP_EQ = 0,
    NFT_CMP_NEQ = 1,
    NFT_CMP_LT = 2,
    NFT_CMP_LTE = 3,
    NFT_CMP_GT = 4,
    NFT_CMP_GTE = 5,
}

/// <summary>Attributes of the expression cmp.</summary>
internal enum NFTA_CMP : ushort
{
    NFTA_CMP_UNSPEC = 0,
    NFTA_CMP_SREG = 1,
    NFTA_CMP_OP = 2,
    NFTA_CMP_DATA = 3,
}

/// <summary>Operations of the expression bitwise.</summary>
internal enum NFT_BITWISE : uint
{
    NFT_BITWISE_MASK_XOR = 0,
    NFT_BITWISE_LSHIFT = 1,
    NFT_BITWISE_RSHIFT = 2,
}

/// <summary>Attributes of the expression bitwise.</summary>
internal enum NFTA_BITWISE : ushort
{
    NFTA_BITWISE_UNSPEC = 0,
    NFTA_BITWISE_SREG = 1,
    NFTA_BITWISE_DREG = 2,
    NFTA_BITWISE_LEN = 3,
    NFTA_BITWISE_MASK = 4,
    NFTA_BITWISE_XOR = 5,
    NFTA_BITWISE_OP = 6,
    NFTA_BITWISE_DATA = 7,
}

/// <summary>Attributes of the expression lookup.</summary>
internal enum NFTA_LOOKUP : ushort
{
    NFTA_LOOKUP_UNSPEC = 0,
    NFTA_LOOKUP_SET = 1,
    NFTA_LOOKUP_SREG = 2,
    NFTA_LOOKUP_DREG = 3,
    NFTA_LOOKUP_SET_ID = 4,
    NFTA_LOOKUP_FLAGS = 5,
}

/// <summary>Where a payload offset counts from.</summary>
public enum NFT_PAYLOAD : uint
{
    NFT_PAYLOAD_LL_HEADER = 0,
    NFT_PAYLOAD_NETWORK_HEADER = 1,
    NFT_PAYLOAD_TRANSPORT_HEADER = 2,
    NFT_PAYLOAD_INNER_HEADER = 3,
}

/// <summary>Attributes of the expression payload.</summary>
internal enum NFTA_PAYLOAD : ushort
{
    NFTA_PAYLOAD_UNSPEC = 0,
    NFTA_PAYLOAD_DREG = 1,
    NFTA_PAYLOAD_BASE = 2,
    NFTA_PAYLOAD_OFFSET = 3,
    NFTA_PAYLOAD_LEN = 4,
    NFTA_PAYLOAD_SREG = 5,
    NFTA_PAYLOAD_CSUM_TYPE = 6,
    NFTA_PAYLOAD_CSUM_OFFSET = 7,
    NFTA_PAYLOAD_CSUM_FLAGS = 8,
}

/// <summary>What the expression meta reads or sets.</summary>
public enum NFT_META : uint
{
    NFT_META_LEN = 0,
    NFT_META_PROTOCOL = 1,
    NFT_META_PRIORITY = 2,
    NFT_META_MARK = 3,
    NFT_META_IIF = 4,
    NFT_META_OIF = 5,
    NFT_META_IIFNAME = 6,
    NFT_META_OIFNAME = 7,
    NFT_META_IFTYPE = 8,
    NFT_META_OIFTYPE = 9,
    NFT_META_SKUID = 10,
    NFT_META_SKGID = 11,
    NFT_META_NFTRACE = 12,
    NFT_META_RTCLASSID = 13,
    NFT_META_SECMARK = 14,
    NFT_META_NFPROTO = 15,
    NFT_META_L4PROTO = 16,
    NFT_META_BRI_IIFNAME = 17,
    NFT_META_BRI_OIFNAME = 18,
    NFT_META_PKTTYPE = 19,
    NFT_META_CPU = 20,
    NFT_META_IIFGROUP = 21,
    NFT_META_OIFGROUP = 22,
    NFT_META_CGROUP = 23,
    NFT_META_PRANDOM = 24,
    NFT_META_SECPATH = 25,
    NFT_META_IIFKIND = 26,
    NFT_META_OIFKIND = 27,
    NFT_META_BRI_IIFPVID = 28,
    NFT_META_BRI_IIFVPROTO = 29,
    NFT_META_TIME_NS = 30,
    NFT_META_TIME_DAY = 31,
    NFT_META_TIME_HOUR = 32,
    NFT_META_SDIF = 33,
    NFT_META_SDIFNAME = 34,
}

/// <summary>Attributes of the expression meta.</summary>
internal enum NFTA_META : ushort
{
    NFTA_META_UNSPEC = 0,
    NFTA_META_DREG = 1,
    NFTA_META_KEY = 2,
    NFTA_META_SREG = 3,
}

/// <summary>What the expression ct reads or sets.</summary>
public enum NFT_CT : uint
{
    NFT_CT_STATE = 0,
    NFT_CT_DIRECTION = 1,
    NFT_CT_STATUS = 2,
    NFT_CT_MARK = 3,
    NFT_CT_SECMARK = 4,
    NFT_CT_EXPIRATION = 5,
    NFT_CT_HELPER = 6,
    NFT_CT_L3PROTOCOL = 7,
    NFT_CT_SRC = 8,
    NFT_CT_DST = 9,
    NFT_CT_PROTOCOL = 10,
    NFT_CT_PROTO_SRC = 11,
    NFT_CT_PROTO_DST = 12,
    NFT_CT_LABELS = 13,
    NFT_CT_PKTS = 14,
    NFT_CT_BYTES = 15,
    NFT_CT_AVGPKT = 16,
    NFT_CT_ZONE = 17,
    NFT_CT_EVENTMASK = 18,
    NFT_CT_SRC_IP = 19,
    NFT_CT_DST_IP = 20,
    NFT_CT_SRC_IP6 = 21,
    NFT_CT_DST_IP6 = 22,
    NFT_CT_ID = 23,
}

/// <summary>Attributes of the expression ct.</summary>
internal enum NFTA_CT : ushort
{
    NFTA_CT_UNSPEC = 0,
    NFTA_CT_DREG = 1,
    NFTA_CT_KEY = 2,
    NFTA_CT_DIRECTION = 3,
    NFTA_CT_SREG = 4,
}

/// <summary>Attributes of the expression counter.</summary>
internal enum NFTA_COUNTER : ushort
{
    NFTA_COUNTER_UNSPEC = 0,
    NFTA_COUNTER_BYTES = 1,
    NFTA_COUNTER_PACKETS = 2,
    NFTA_COUNTER_PAD = 3,
}

/// <summary>What a limit counts.</summary>
public enum NFT_LIMIT_TYPE : uint
{
    NFT_LIMIT_PKTS = 0,
    NFT_LIMIT_PKT_BYTES = 1,
}

/// <summary>Attributes of the expression limit.</summary>
internal enum NFTA_LIMIT : ushort
{
    NFTA_LIMIT_UNSPEC = 0,
    NFTA_LIMIT_RATE = 1,
    NFTA_LIMIT_UNIT = 2,
    NFTA_LIMIT_BURST = 3,
    NFTA_LIMIT_TYPE = 4,
    NFTA_LIMIT_FLAGS = 5,
    NFTA_LIMIT_PAD = 6,
}

/// <summary>Attributes of the generation.</summary>
internal enum NFTA_GEN : ushort
{
    NFTA_GEN_UNSPEC = 0,
    NFTA_GEN_ID = 1,
    NFTA_GEN_PROC_PID = 2,
    NFTA_GEN_PROC_NAME = 3,
}

/// <summary>A device in a list of devices.</summary>
internal enum NFTA_DEVICE : ushort
{
    NFTA_DEVICE_UNSPEC = 0,
    NFTA_DEVICE_NAME = 1,
}

/// <summary>What a rule made by iptables-nft keeps of it, in NFTA_RULE_COMPAT (linux/netfilter/nf_tables.h).</summary>
internal enum NFTA_RULE_COMPAT : ushort
{
    NFTA_RULE_COMPAT_UNSPEC = 0,
    NFTA_RULE_COMPAT_PROTO = 1,
    NFTA_RULE_COMPAT_FLAGS = 2,
}

/// <summary>Flags of NFTA_RULE_COMPAT_FLAGS (linux/netfilter/nf_tables.h).</summary>
[Flags]
internal enum NFT_RULE_COMPAT_F : uint
{
    NFT_RULE_COMPAT_F_INV = 0x2,
}

/// <summary>Flags of an element of a set (linux/netfilter/nf_tables.h).</summary>
[Flags]
internal enum NFT_SET_ELEM : uint
{
    NFT_SET_ELEM_INTERVAL_END = 0x1,
    NFT_SET_ELEM_CATCHALL = 0x2,
}

/// <summary>Attributes of the exthdr expression (linux/netfilter/nf_tables.h).</summary>
internal enum NFTA_EXTHDR : ushort
{
    NFTA_EXTHDR_UNSPEC = 0,
    NFTA_EXTHDR_DREG = 1,
    NFTA_EXTHDR_TYPE = 2,
    NFTA_EXTHDR_OFFSET = 3,
    NFTA_EXTHDR_LEN = 4,
    NFTA_EXTHDR_FLAGS = 5,
    NFTA_EXTHDR_OP = 6,
    NFTA_EXTHDR_SREG = 7,
}

/// <summary>Attributes of the queue expression (linux/netfilter/nf_tables.h).</summary>
internal enum NFTA_QUEUE : ushort
{
    NFTA_QUEUE_UNSPEC = 0,
    NFTA_QUEUE_NUM = 1,
    NFTA_QUEUE_TOTAL = 2,
    NFTA_QUEUE_FLAGS = 3,
    NFTA_QUEUE_SREG_QNUM = 4,
}

/// <summary>Attributes of the target expression, which is a target of xtables (linux/netfilter/nf_tables_compat.h).</summary>
internal enum NFTA_TARGET : ushort
{
    NFTA_TARGET_UNSPEC = 0,
    NFTA_TARGET_NAME = 1,
    NFTA_TARGET_REV = 2,
    NFTA_TARGET_INFO = 3,
}
