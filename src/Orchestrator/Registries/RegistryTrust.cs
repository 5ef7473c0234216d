using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Registries;

/// <summary>Whose certificates a host may have: those of the authorities that the system trusts, and of the host's own. Those of a registry are believed for
/// the registry alone, not for where it sends somebody.</summary>
/// <param name="own">The host's own authorities.</param>
internal sealed class RegistryTrust(X509Certificate2Collection own)
{
    private static readonly string[] s_usual = ["/etc/containers/certs.d", "/usr/share/containers/certs.d", "/etc/docker/certs.d"];

    /// <summary>Reads them where podman and Docker look for them too (containers-certs.d(5)).</summary>
    /// <param name="host">The host, with its port where it has one.</param>
    /// <param name="directory">A directory instead; null for the usual ones.</param>
    /// <exception cref="RefusedException">A certificate cannot be read.</exception>
    public static RegistryTrust Read(string host, string? directory)
    {
        var own = new X509Certificate2Collection();
        foreach (var file in (directory is null ? s_usual.Select(place => Path.Combine(place, host)) : [directory])
            .Where(Directory.Exists).SelectMany(place => Directory.EnumerateFiles(place, "*.crt")))
        {
            try
            {
                own.ImportFromPemFile(file);
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                throw new RefusedException($"{file} is no certificate in PEM: {e.Message}", e);
            }
        }

        return new RegistryTrust(own);
    }

    /// <summary>Judges a certificate.</summary>
    public bool IsTrusted(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || own.Count == 0 || certificate is not X509Certificate2 one)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(own);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // Serving TLS is what it has to be for (id-kp-serverAuth).
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        foreach (var between in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(between.Certificate);
        return chain.Build(one);
    }
}
