using System.Net;
using System.Net.Http.Headers;
using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Registries;

/// <summary>One repository of a registry, by the OCI's distribution specification.</summary>
internal sealed class RegistryClient : IDisposable
{
    // What the specification asks registries to take.
    private const int LargestManifest = 4 << 20;

    private readonly ImageReference _image;
    private readonly RegistryConnection _connection;
    private readonly Uri _repository;

    /// <summary>Prepares one; nothing is sent yet.</summary>
    public RegistryClient(ImageReference image, string actions, RegistryOptions options)
    {
        _image = image;
        _connection = new RegistryConnection(image, actions, options);
        _repository = new Uri(_connection.Root, $"v2/{image.Repository}/");
    }

    /// <summary>Brings a blob there, where it is not there yet.</summary>
    /// <returns>Whether it was sent.</returns>
    public bool Push(BlobSource blob, Action<long>? tell, CancellationToken cancellation) =>
        new BlobUpload(_connection, _repository).Run(blob, tell, cancellation);

    /// <summary>Gives the image its manifest: from then on it is there.</summary>
    /// <exception cref="RefusedException">The registry does not take it.</exception>
    public void PutManifest(byte[] manifest, CancellationToken cancellation)
    {
        var request = new RegistryRequest(HttpMethod.Put, Manifest(_image.Tag!))
        {
            Content = () => new ByteArrayContent(manifest) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType.Manifest) } },
        };
        using var answer = _connection.Send(request, cancellation);
        if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.Accepted))
            throw _connection.Unexpected(answer, $"the manifest of {_image}", cancellation);
    }

    /// <summary>The manifest of the image, of this host's architecture where there are several.</summary>
    /// <returns>It, and its digest.</returns>
    /// <exception cref="RefusedException">There is none, or it is damaged.</exception>
    public (ImageManifest Manifest, ContentDigest Digest) GetManifest(CancellationToken cancellation)
    {
        var (manifest, digest) = Get(_image.Digest ?? _image.Tag!, cancellation);
        if (manifest.Manifests is not { } several)
            return (manifest, digest);
        var ours = several.OfType<ImageDescriptor>().Where(one => several.Count == 1 || one.Platform?.Architecture == HostArchitecture.Name).ToList();
        if (ours.Count != 1 || !ContentDigest.TryParse(ours[0].Digest, out var one))
            throw new RefusedException($"{_image} is a list of {several.Count} images, and {ours.Count} of them are for this host ({HostArchitecture.Name}): "
                + "name one by its digest");
        (manifest, digest) = Get(one.Text, cancellation);
        return manifest.Manifests is null ? (manifest, digest) : throw new RefusedException($"{_image} is a list of lists of images");
    }

    /// <summary>A blob's bytes; the caller's to dispose.</summary>
    public BlobStream Open(ContentDigest digest, long size, Action<long>? tell, CancellationToken cancellation) =>
        new(_connection, new Uri(_repository, $"blobs/{digest}"), digest, size, tell, cancellation);

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();

    private Uri Manifest(string reference) => new(_repository, $"manifests/{reference}");

    private (ImageManifest, ContentDigest) Get(string reference, CancellationToken cancellation)
    {
        using var answer = _connection.Send(new RegistryRequest(HttpMethod.Get, Manifest(reference)) { Accept = MediaType.Manifests }, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            throw new RefusedException($"there is no image {_image}"
                + (RegistryError.Read(answer, cancellation) is { } said ? $": {_image.Registry} says {said}" : ""));
        if (answer.StatusCode != HttpStatusCode.OK)
            throw _connection.Unexpected(answer, $"a request for the manifest of {_image}", cancellation);
        var text = BoundedContent.Read(answer, LargestManifest, "a manifest", cancellation);
        var digest = ContentDigest.Of(text);
        if (ContentDigest.TryParse(reference, out var wanted) && wanted != digest)
            throw new MalformedArchiveException($"what {_image.Registry} sends for {wanted} is something else ({digest})");
        // Of what was named by a tag it says the digest itself.
        if (answer.Headers.NonValidated.TryGetValues("Docker-Content-Digest", out var told) && ContentDigest.TryParse(told.ToString(), out var own)
            && own != digest)
            throw new MalformedArchiveException($"the manifest of {_image} is not what {_image.Registry} says that it is ({own}): it was changed on the way");
        return (CheckpointImage.Parse(text, _image), digest);
    }
}
