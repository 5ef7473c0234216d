using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Confinement;

/// <summary>A saved AppArmor policy that is damaged or forged.</summary>
internal sealed class MalformedAppArmorImageException(string message, Exception? inner = null) : LxcNativeException(message, inner);
