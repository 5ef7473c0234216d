namespace LxcNative.Orchestrator.Confinement;

/// <summary>A saved AppArmor policy that is damaged or forged.</summary>
internal sealed class MalformedAppArmorImageException(string message, Exception? inner = null) : IOException(message, inner);
