namespace LxcNative.Orchestrator.Registries;

/// <summary>Who a registry is told one is.</summary>
/// <param name="User">The name.</param>
/// <param name="Password">The password.</param>
/// <param name="IdentityToken">What is exchanged for tokens instead of a password; null for none.</param>
/// <param name="File">The file that says so.</param>
internal sealed record RegistryCredentials(string User, string Password, string? IdentityToken, string File)
{
    /// <inheritdoc />
    /// <remarks>Without what is secret.</remarks>
    public override string ToString() => $"{User} of {File}";
}
