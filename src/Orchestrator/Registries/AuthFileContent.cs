namespace LxcNative.Orchestrator.Registries;

/// <summary>What is in a file of credentials.</summary>
/// <param name="Auths">By registry, or registry and the beginning of a repository.</param>
/// <param name="CredHelpers">The program that is asked for a registry.</param>
/// <param name="CredsStore">The program that is asked for all others.</param>
internal sealed record AuthFileContent(
    IReadOnlyDictionary<string, AuthFileEntry?>? Auths, IReadOnlyDictionary<string, string>? CredHelpers, string? CredsStore);

/// <summary>One registry's.</summary>
/// <param name="Auth">USER:PASSWORD in base64.</param>
/// <param name="IdentityToken">A token instead of the password.</param>
internal sealed record AuthFileEntry(string? Auth, string? IdentityToken);
