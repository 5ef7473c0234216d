using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LxcNative.Testing;

/// <summary>A real registry (distribution, Debian's docker-registry) on a port of the loopback device, until it is disposed.</summary>
internal sealed partial class DockerRegistry : IDisposable
{
    // "secret", by bcrypt.
    private const string Password = "user:$2b$04$Fn0Jv2quYALfbq5ttyJyQ.ApPrEgBqk8BF.Dm.81HVSW2hIxYEV6C";

    private readonly Process _process;
    private readonly string _directory = Directory.CreateTempSubdirectory("lxcnative-registry-").FullName;

    /// <summary>Starts one.</summary>
    /// <param name="http">Further lines of its configuration below "http"; null for none.</param>
    /// <param name="auth">The lines below "auth"; null for everybody.</param>
    public DockerRegistry(string? http = null, string? auth = null)
    {
        File.WriteAllText(Path.Combine(_directory, "passwords"), Password);
        var file = Path.Combine(_directory, "config.yml");
        File.WriteAllText(file, $"""
            version: 0.1
            log: {"{"} level: info {"}"}
            storage: {"{"} filesystem: {"{"} rootdirectory: {_directory}/data {"}"}, delete: {"{"} enabled: true {"}"} {"}"}
            http:
              addr: 127.0.0.1:0
              secret: test
            {http}
            {(auth is null ? "" : "auth:")}
            {auth?.Replace("PASSWORDS", $"{_directory}/passwords", StringComparison.Ordinal)}
            """);
        _process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", file])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var port = new TaskCompletionSource<int>();
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, data) =>
        {
            lock (Told)
                Told.Add(data.Data ?? "(it ended)");
            if (Listening().Match(data.Data ?? "") is { Success: true } match)
                port.TrySetResult(int.Parse(match.Groups[1].Value));
            else if (data.Data is null)
                port.TrySetException(new InvalidOperationException($"docker-registry did not start:\n{string.Join('\n', Told)}"));
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            Port = port.Task.GetAwaiter().GetResult();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Its name in a reference.</summary>
    public string Name => $"127.0.0.1:{Port}";

    /// <summary>The lines of its log; a lock on it keeps it as it is.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Its process.</summary>
    public Process Process => _process;

    /// <summary>The file in which it keeps a blob.</summary>
    public string BlobFile(string digest) => $"{_directory}/data/docker/registry/v2/blobs/sha256/{digest[7..9]}/{digest[7..]}/data";

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [GeneratedRegex(@"listening on 127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
