namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>A setting of a network namespace.</summary>
/// <param name="Path">Its file below /proc/sys/net: <c>ipv4/conf/eth0/rp_filter</c>.</param>
/// <param name="Value">What reading it gives, without the last line feed.</param>
internal sealed record SysctlValue(string Path, string Value);
