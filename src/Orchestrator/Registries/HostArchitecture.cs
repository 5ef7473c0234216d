using System.Runtime.InteropServices;

namespace LxcNative.Orchestrator.Registries;

/// <summary>What processor this host has, in the words of images.</summary>
internal static class HostArchitecture
{
    /// <summary>Its name in Go, which all images have it by.</summary>
    public static string Name => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.X86 => "386",
        Architecture.Ppc64le => "ppc64le",
        Architecture.RiscV64 => "riscv64",
        Architecture.LoongArch64 => "loong64",
        var other => other.ToString().ToLowerInvariant(),
    };
}
