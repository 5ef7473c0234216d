using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;

namespace LxcNative.Orchestrator.Parts.Network.Rulesets;

/// <summary>The kernel refused a part of a captured ruleset, and none of it was made.</summary>
internal sealed class RulesetRebuildException(string operation, NetlinkException refusal)
    : LinuxException($"nf_tables: {operation}: {refusal.Message}", refusal.Errno, refusal);
