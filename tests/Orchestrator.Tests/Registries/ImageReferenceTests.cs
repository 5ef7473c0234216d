using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Registries;

namespace LxcNative.Orchestrator.Tests.Registries;

/// <summary>Names of images, as people and attackers write them.</summary>
public sealed class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("localhost/web:one", "localhost", "web", "one", null)]
    [InlineData("127.0.0.1:5000/a/b-c/d__e:v1.2_3-4", "127.0.0.1:5000", "a/b-c/d__e", "v1.2_3-4", null)]
    [InlineData("[::1]:5000/web:one", "[::1]:5000", "web", "one", null)]
    [InlineData($"registry.example/web@{Digest}", "registry.example", "web", null, Digest)]
    [InlineData($"registry.example/web:one@{Digest}", "registry.example", "web", "one", Digest)]
    [InlineData("docker://registry.example/web:one", "registry.example", "web", "one", null)]
    [InlineData("docker.io/web:one", "docker.io", "library/web", "one", null)]
    public void APartIsEachOfIt(string text, string registry, string repository, string? tag, string? digest)
    {
        var image = ImageReference.Parse(text);
        Assert.Equal((registry, repository, tag, digest), (image.Registry, image.Repository, image.Tag, image.Digest));
        Assert.Equal(image, ImageReference.Parse(image.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("web")]
    [InlineData("web:one")]
    [InlineData("library/web:one")]
    [InlineData("/web:one")]
    [InlineData("registry.example/")]
    [InlineData("registry.example/web")]
    [InlineData("registry.example/web:")]
    [InlineData("registry.example/../../etc:one")]
    [InlineData("registry.example/a/../b:one")]
    [InlineData("registry.example/a//b:one")]
    [InlineData("registry.example/a%2fb:one")]
    [InlineData("registry.example/Web:one")]
    [InlineData("registry.example/web:one/two")]
    [InlineData("registry.example/web:..")]
    [InlineData("registry.example/web?x=1:one")]
    [InlineData("user@registry.example/web:one")]
    [InlineData("user:pw@registry.example/web:one")]
    [InlineData("registry.example:99999999/web:one")]
    [InlineData("registry.example/web@sha256:0123")]
    [InlineData("registry.example/web@md5:0123456789abcdef0123456789abcdef")]
    [InlineData("registry.example/web@sha256:../3456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("registry.example/web:one\n")]
    [InlineData("registry.example\n/web:one")]
    public void WhatIsNoneIsRefused(string text) => Assert.Throws<InvalidOptionException>(() => ImageReference.Parse(text));
}
