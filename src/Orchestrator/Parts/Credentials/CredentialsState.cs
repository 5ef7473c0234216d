using System.Globalization;

namespace LxcNative.Orchestrator.Parts.Credentials;

/// <summary>The mounts for the credentials of units.</summary>
internal sealed record CredentialsState : PartState
{
    /// <summary>Those that are empty.</summary>
    public IReadOnlyList<CredentialMount> Mounts { get => field ?? []; init; }

    /// <summary>What criu's images call one of them.</summary>
    public static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"lxcnative-credentials-{number}");
}
