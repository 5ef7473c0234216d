using System.Text.RegularExpressions;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Registries;

/// <summary>The name of an image in a registry: REGISTRY/REPOSITORY:TAG, or ...@sha256:DIGEST for exactly one.</summary>
public sealed partial record ImageReference
{
    private const string DockerHub = "docker.io";
    private const int LongestRepository = 255;

    private ImageReference(string registry, string repository, string? tag, string? digest) =>
        (Registry, Repository, Tag, Digest) = (registry, repository, tag, digest);

    /// <summary>The registry's host, with its port where it has one of its own.</summary>
    public string Registry { get; }

    /// <summary>The repository in it.</summary>
    public string Repository { get; }

    /// <summary>The tag; null where a digest alone names the image.</summary>
    public string? Tag { get; }

    /// <summary>The digest, with its algorithm; null where the tag alone names the image.</summary>
    public string? Digest { get; }

    /// <summary>The host that answers for it.</summary>
    internal string Host => Registry == DockerHub ? "registry-1.docker.io" : Registry;

    /// <summary>Reads one.</summary>
    /// <param name="text">As it is written; a leading <c>docker://</c>, as skopeo has it, is left out.</param>
    /// <exception cref="InvalidOptionException">It is none.</exception>
    public static ImageReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.StartsWith("docker://", StringComparison.Ordinal) ? text["docker://".Length..] : text;
        string? digest = null, tag = null;
        if (rest.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
        {
            digest = rest[(at + 1)..];
            if (!ContentDigest.TryParse(digest, out _))
                throw Invalid(text, "what follows its @ is no sha256:DIGEST");
            rest = rest[..at];
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || !IsHost(rest[..slash]))
            throw Invalid(text, "it has to begin with the registry's host, such as registry.example:5000/");
        var (registry, repository) = (rest[..slash], rest[(slash + 1)..]);
        if (repository.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon)
            (repository, tag) = (repository[..colon], repository[(colon + 1)..]);
        if (registry == DockerHub && !repository.Contains('/', StringComparison.Ordinal))
            repository = $"library/{repository}";
        if (repository.Length > LongestRepository || !RepositoryName().IsMatch(repository))
            throw Invalid(text, $"\"{repository}\" is no repository: words of a-z and 0-9, with . _ - between them, separated by slashes");
        if (tag is not null && !TagName().IsMatch(tag))
            throw Invalid(text, $"\"{tag}\" is no tag: up to 128 of a-z, A-Z, 0-9, . _ and -");
        return tag is null && digest is null ? throw Invalid(text, "its tag is missing: REGISTRY/REPOSITORY:TAG")
            : new ImageReference(registry, repository, tag, digest);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Registry}/{Repository}{(Tag is null ? "" : $":{Tag}")}{(Digest is null ? "" : $"@{Digest}")}";

    /// <summary>The same, of one digest alone.</summary>
    internal ImageReference At(string digest) => new(Registry, Repository, Tag, digest);

    private static bool IsHost(string host) => HostName().IsMatch(host) && (host == "localhost" || host.AsSpan().IndexOfAny('.', ':') >= 0);

    private static InvalidOptionException Invalid(string text, string reason) => new("Image", $"\"{text}\" names no image: {reason}");

    [GeneratedRegex(@"^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex RepositoryName();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex TagName();
}
