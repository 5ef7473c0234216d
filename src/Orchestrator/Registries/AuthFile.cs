using System.Text;
using System.Text.Json;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Registries;

/// <summary>The files that <c>podman login</c>, <c>skopeo login</c> and <c>docker login</c> write (containers-auth.json(5)).</summary>
internal static class AuthFile
{
    private const string Variable = "REGISTRY_AUTH_FILE";

    /// <summary>The credentials for a repository; null where there are none, and nobody need be told.</summary>
    /// <param name="image">What shall be pushed or pulled.</param>
    /// <param name="named">The file to look in; null for the usual places, of which the first that knows the registry counts.</param>
    /// <exception cref="RefusedException">The file that was named is not there, or one cannot be read, or only a program could tell.</exception>
    public static RegistryCredentials? Find(ImageReference image, string? named)
    {
        if ((named ?? Environment.GetEnvironmentVariable(Variable)) is { Length: > 0 } file)
            return File.Exists(file) ? Look(image, file, Read(file))
                : throw new RefusedException($"there is no file {file} with credentials ({(named is null ? $"{Variable} names it" : "--auth-file names it")})");
        return Usual().Where(File.Exists).Select(path => Look(image, path, Read(path))).FirstOrDefault(found => found is not null);
    }

    /// <summary>Finds a repository's in what a file says.</summary>
    /// <inheritdoc cref="Find" path="/exception" />
    public static RegistryCredentials? Look(ImageReference image, string file, AuthFileContent content)
    {
        var known = (content.Auths ?? new Dictionary<string, AuthFileEntry?>()).GroupBy(one => Plain(one.Key), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
        foreach (var place in Places(image))
        {
            if (known.TryGetValue(place, out var entry) && entry is { Auth.Length: > 0 } or { IdentityToken.Length: > 0 })
                return Decode(entry, file, place);
            // What keeps it is another program, and this one starts none.
            if (content.CredHelpers?.TryGetValue(place, out var helper) == true)
                throw Kept(file, helper, image);
        }

        return content.CredsStore is { Length: > 0 } store && Places(image).Any(known.ContainsKey) ? throw Kept(file, store, image) : null;
    }

    private static IEnumerable<string> Usual()
    {
        var home = Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } set ? set : "/root";
        var run = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        var configuration = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } other ? other : $"{home}/.config";
        return [string.IsNullOrEmpty(run) ? "/run/containers/0/auth.json" : $"{run}/containers/auth.json", $"{configuration}/containers/auth.json",
            $"{home}/.docker/config.json"];
    }

    private static AuthFileContent Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(RegularFile.Read(file, RegularFile.Configuration), RegistryJson.Default.AuthFileContent)
                ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new RefusedException($"the credentials in {file} cannot be read: {(e is JsonException ? "it is no JSON of credentials" : e.Message)}", e);
        }
    }

    // From the whole repository to the registry alone.
    private static IEnumerable<string> Places(ImageReference image)
    {
        for (var place = $"{image.Registry}/{image.Repository}"; ; place = place[..place.LastIndexOf('/')])
        {
            yield return place;
            if (place == image.Registry)
                break;
        }

        if (image.Host != image.Registry)
            yield return "index.docker.io";
    }

    // Docker's are addresses: https://index.docker.io/v1/.
    private static string Plain(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return key.TrimEnd('/');
        var rest = key[(scheme + 3)..];
        return rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? rest[..slash] : rest;
    }

    private static RegistryCredentials Decode(AuthFileEntry entry, string file, string place)
    {
        var text = "";
        try
        {
            text = Encoding.UTF8.GetString(Convert.FromBase64String(entry.Auth ?? ""));
        }
        catch (FormatException)
        {
            // Told below, as another text without a colon.
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 && string.IsNullOrEmpty(entry.IdentityToken))
            throw new RefusedException($"the credentials for {place} in {file} are no USER:PASSWORD in base64");
        return new RegistryCredentials(colon < 0 ? "" : text[..colon], colon < 0 ? "" : text[(colon + 1)..].TrimEnd('\0'),
            string.IsNullOrEmpty(entry.IdentityToken) ? null : entry.IdentityToken, file);
    }

    private static RefusedException Kept(string file, string helper, ImageReference image) =>
        new($"the credentials for {image.Registry} are kept by the program docker-credential-{helper}, as {file} says, and lxcnative starts no programs: "
            + $"`podman login --authfile FILE {image.Registry}` writes a file that --auth-file takes");
}
