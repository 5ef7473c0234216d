using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Registries;

/// <summary>How a registry is spoken to.</summary>
public sealed record RegistryOptions
{
    /// <summary>Whether without TLS: everybody on the way reads and changes what is sent, passwords and the container's memory too.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>The file with credentials, as <c>podman login</c> writes it; null for REGISTRY_AUTH_FILE, else the usual places.</summary>
    public string? AuthFile { get; init; }

    /// <summary>A directory with certificates (*.crt, PEM) of authorities to be trusted besides the system's; null for those of containers and Docker
    /// below /etc.</summary>
    public string? CertDir { get; init; }

    /// <summary>Checks what can be wrong before anything is looked at.</summary>
    /// <exception cref="InvalidOptionException">Something is.</exception>
    internal void Check()
    {
        OptionRule.Path(nameof(AuthFile), AuthFile);
        OptionRule.Path(nameof(CertDir), CertDir);
        if (CertDir is not null && !Directory.Exists(CertDir))
            throw new InvalidOptionException(nameof(CertDir), $"there is no directory {CertDir}");
        if (CertDir is not null && PlainHttp)
            throw new InvalidOptionException(nameof(CertDir), "certificates are for TLS, which --plain-http goes without");
    }
}
