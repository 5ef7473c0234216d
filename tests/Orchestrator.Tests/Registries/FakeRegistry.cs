using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LxcNative.Orchestrator.Registries;

namespace LxcNative.Orchestrator.Tests.Registries;

/// <summary>A request as it came.</summary>
internal sealed record FakeRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string? this[string header] => Headers.TryGetValue(header, out var value) ? value : null;
}

/// <summary>An answer; what it writes itself follows the headers, and the connection ends then.</summary>
internal sealed record FakeAnswer(int Status, params IReadOnlyList<string> Headers)
{
    public byte[] Body { get; init; } = [];

    public Action<Stream>? Write { get; init; }

    /// <summary>The connection ends without an answer.</summary>
    public static FakeAnswer Break { get; } = new(0);
}

/// <summary>A registry that does as the test says, and else as the specification does, on a port of the loopback device.</summary>
internal sealed class FakeRegistry : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, byte[]> _uploads = [];
    private readonly string _noCredentials = Path.GetTempFileName();

    private readonly X509Certificate2? _certificate;

    /// <summary>Starts it.</summary>
    /// <param name="instead">What it answers; null for what the specification says.</param>
    /// <param name="certificate">The one that it shows; null for no TLS.</param>
    public FakeRegistry(Func<FakeRequest, FakeAnswer?>? instead = null, X509Certificate2? certificate = null)
    {
        (Instead, _certificate) = (instead, certificate);
        File.WriteAllText(_noCredentials, "{}");
        _listener.Start();
        new Thread(Listen) { IsBackground = true }.Start();
    }

    public Func<FakeRequest, FakeAnswer?>? Instead { get; set; }

    /// <summary>How many bytes of the body of a request are taken before its connection is broken; null for all.</summary>
    public Func<FakeRequest, int?>? BreakAfter { get; set; }

    public string Name => _listener.LocalEndpoint.ToString()!;

    public Dictionary<string, byte[]> Blobs { get; } = [];

    public Dictionary<string, byte[]> Manifests { get; } = [];

    public List<FakeRequest> Requests { get; } = [];

    /// <summary>How it is spoken to, by nobody in particular.</summary>
    public RegistryOptions Options => new() { PlainHttp = true, AuthFile = _noCredentials };

    public ImageReference Image(string rest = "web:one") => ImageReference.Parse($"{Name}/{rest}");

    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(_noCredentials);
    }

    private void Listen()
    {
        try
        {
            for (; ; )
            {
                var client = _listener.AcceptTcpClient();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var stream = Secure(client.GetStream());
                while (ReadRequest(stream) is { } request)
                {
                    FakeAnswer answer;
                    lock (Requests)
                    {
                        Requests.Add(request);
                        answer = Instead?.Invoke(request) ?? Answer(request);
                    }

                    if (answer.Status == 0)
                        return;
                    var length = answer.Write is null ? $"Content-Length: {answer.Body.Length}\r\n" : "";
                    var isLengthSaid = answer.Headers.Any(header => header.StartsWith("Content-Length:", StringComparison.Ordinal));
                    stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer.Status} X\r\n{string.Concat(answer.Headers.Select(header => $"{header}\r\n"))}"
                        + $"{(isLengthSaid ? "" : length)}\r\n"));
                    if (request.Method != "HEAD")
                        stream.Write(answer.Body);
                    answer.Write?.Invoke(stream);
                    if (answer.Write is not null)
                        return;
                }
            }
            catch (IOException)
            {
                // The client has gone.
            }
        }
    }

    private Stream Secure(Stream plain)
    {
        if (_certificate is null)
            return plain;
        var secure = new SslStream(plain);
        secure.AuthenticateAsServer(_certificate);
        return secure;
    }

    private FakeRequest? ReadRequest(Stream stream)
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var one = stream.ReadByte();
            if (one < 0)
                return null;
            text.Append((char)one);
        }

        var lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var words = lines[0].Split(' ');
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length) : 0];
        var request = new FakeRequest(words[0], words[1], headers, body);
        if (BreakAfter?.Invoke(request) is { } taken)
        {
            stream.ReadExactly(body, 0, taken);
            lock (Requests)
            {
                Requests.Add(request);
                Append(request, body.AsSpan(0, taken));
            }

            return null;
        }

        stream.ReadExactly(body);
        return request;
    }

    private FakeAnswer Answer(FakeRequest request)
    {
        var path = request.Path.Split('?')[0];
        var last = path[(path.LastIndexOf('/') + 1)..];
        if (path.Contains("/manifests/", StringComparison.Ordinal))
        {
            if (request.Method == "PUT")
            {
                Manifests[last] = Manifests[ContentDigest.Of(request.Body).Text] = request.Body;
                return new FakeAnswer(201);
            }

            return Manifests.TryGetValue(last, out var manifest) ? new FakeAnswer(200, $"Content-Type: {MediaType.Manifest}") { Body = manifest } : NotThere();
        }

        return (request.Method, path) switch
        {
            ("POST", _) => Begin(),
            ("PATCH", _) => Append(request, request.Body),
            ("PUT", _) => Finish(request, last),
            ("DELETE", _) => _uploads.Remove(last) ? new FakeAnswer(204) : NotThere(),
            ("GET", _) when path.Contains("/uploads/", StringComparison.Ordinal) => _uploads.TryGetValue(last, out var sent)
                ? new FakeAnswer(204, $"Location: {path}", $"Range: 0-{sent.Length - 1}") : NotThere(),
            _ => Blobs.TryGetValue(last, out var blob) ? Part(request, blob) : NotThere(),
        };
    }

    private static FakeAnswer NotThere() => new(404) { Body = """{"errors":[{"code":"NAME_UNKNOWN","message":"not there"}]}"""u8.ToArray() };

    private static FakeAnswer Part(FakeRequest request, byte[] blob)
    {
        if (request["Range"] is not { } range)
            return new FakeAnswer(200) { Body = blob };
        var from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        return new FakeAnswer(206, $"Content-Range: bytes {from}-{blob.Length - 1}/{blob.Length}") { Body = blob[from..] };
    }

    private FakeAnswer Begin()
    {
        var id = Guid.NewGuid().ToString("N");
        _uploads[id] = [];
        return new FakeAnswer(202, $"Location: /v2/web/blobs/uploads/{id}?state=a%3D%3D", "Range: 0-0");
    }

    private FakeAnswer Append(FakeRequest request, ReadOnlySpan<byte> body)
    {
        var path = request.Path.Split('?')[0];
        var id = path[(path.LastIndexOf('/') + 1)..];
        if (!_uploads.TryGetValue(id, out var sent))
            return NotThere();
        if ((request["Content-Range"]?.Split('-')[0] ?? "0") != sent.Length.ToString(CultureInfo.InvariantCulture))
            return new FakeAnswer(416);
        _uploads[id] = [.. sent, .. body];
        return new FakeAnswer(202, $"Location: {request.Path}", $"Range: 0-{_uploads[id].Length - 1}");
    }

    private FakeAnswer Finish(FakeRequest request, string id)
    {
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(_uploads[id]))}";
        if (!request.Path.Contains($"digest={Uri.EscapeDataString(digest)}", StringComparison.Ordinal))
            return new FakeAnswer(400) { Body = """{"errors":[{"code":"DIGEST_INVALID"}]}"""u8.ToArray() };
        Blobs[digest] = _uploads[id];
        return new FakeAnswer(201);
    }
}
