using System.CommandLine;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Registries;

namespace LxcNative.Cli.Commands;

/// <summary>Which image of which registry a command is about, and how the registry is spoken to.</summary>
internal sealed class RegistrySelection
{
    private readonly Option<bool> _plain = new("--plain-http")
    {
        Description = "Speak to the registry without TLS: everybody on the way reads and changes what is sent.",
    };
    private readonly Option<string?> _authFile = new("--auth-file", "--authfile")
    {
        Description = "The file with credentials that `podman login` wrote (default: REGISTRY_AUTH_FILE, else where podman, skopeo and docker look).",
        HelpName = "FILE",
    };
    private readonly Option<string?> _certDir = new("--cert-dir")
    {
        Description = "A directory with *.crt of authorities to be trusted besides the system's (default: REGISTRY below /etc/containers/certs.d and "
            + "/etc/docker/certs.d).",
        HelpName = "DIR",
    };
    private readonly Argument<ImageReference?> _image = new("REGISTRY/REPOSITORY:TAG");

    /// <summary>Adds the options and the word to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="description">What the image is to it.</param>
    public void AddTo(Command command, string description)
    {
        _image.Description = description;
        _image.CustomParser = result =>
        {
            try
            {
                return ImageReference.Parse(result.Tokens[0].Value);
            }
            catch (InvalidOptionException e)
            {
                result.AddError(e.Reason);
                return null;
            }
        };
        command.Arguments.Add(_image);
        command.Options.Add(_plain);
        command.Options.Add(_authFile);
        command.Options.Add(_certDir);
    }

    /// <summary>The image.</summary>
    public ImageReference Image(ParseResult parsed) => parsed.GetValue(_image)!;

    /// <summary>How its registry is spoken to.</summary>
    public RegistryOptions Options(ParseResult parsed) => new()
    {
        PlainHttp = parsed.GetValue(_plain),
        AuthFile = parsed.GetValue(_authFile),
        CertDir = parsed.GetValue(_certDir),
    };
}
