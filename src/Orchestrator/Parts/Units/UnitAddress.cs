namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>A row of IPAddressAllow= or IPAddressDeny=, as systemd tells and takes it.</summary>
/// <param name="Family">The address family's number.</param>
/// <param name="Address">The address.</param>
/// <param name="Prefix">The length of its prefix, bits.</param>
internal sealed record UnitAddress(int Family, byte[] Address, uint Prefix);
