using System.CommandLine;

namespace LxcNative.Cli.Commands;

/// <summary><c>--verify-key KEY</c>.</summary>
internal static class VerifyKeyOption
{
    /// <summary>Builds it.</summary>
    public static Option<string?> Build() => new("--verify-key")
    {
        Description = "A public key (ECDSA, PEM) whose owner has to have signed the checkpoint, as checkpoint --sign does.",
        HelpName = "KEY",
    };
}
