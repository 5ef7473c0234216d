using System.Text;
using System.Text.Json;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Registries;

namespace LxcNative.Orchestrator.Tests.Registries;

/// <summary>Files of credentials, as podman and Docker write them, and what registries ask for.</summary>
public sealed class CredentialTests
{
    [Theory]
    [InlineData("registry.example/web:one", """{"auths":{"registry.example":{"auth":"A"}}}""", "A")]
    [InlineData("registry.example/web:one", """{"auths":{"https://registry.example/v2/":{"auth":"A"}}}""", "A")]
    [InlineData("registry.example/a/web:one", """{"auths":{"registry.example":{"auth":"A"},"registry.example/a":{"auth":"B"}}}""", "B")]
    [InlineData("registry.example/ab/web:one", """{"auths":{"registry.example":{"auth":"A"},"registry.example/a":{"auth":"B"}}}""", "A")]
    [InlineData("docker.io/web:one", """{"auths":{"https://index.docker.io/v1/":{"auth":"A"}}}""", "A")]
    [InlineData("registry.example:5000/web:one", """{"auths":{"registry.example":{"auth":"A"}}}""", null)]
    [InlineData("registry.example/web:one", """{"auths":{"registry.example":null}}""", null)]
    [InlineData("registry.example/web:one", """{}""", null)]
    [InlineData("registry.example/web:one", """{"credsStore":"desktop"}""", null)]
    public void TheNearestCounts(string image, string file, string? password)
    {
        foreach (var name in (string[])["A", "B"])
            file = file.Replace($"\"{name}\"", $"\"{Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{name}"))}\"", StringComparison.Ordinal);
        var found = AuthFile.Look(ImageReference.Parse(image), "auth.json", Content(file));
        Assert.Equal(password, found?.Password);
        Assert.DoesNotContain(password ?? "x", found?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"credHelpers":{"registry.example":"pass"}}""", "docker-credential-pass")]
    [InlineData("""{"auths":{"registry.example":{}},"credsStore":"desktop"}""", "docker-credential-desktop")]
    [InlineData("""{"auths":{"registry.example":{"auth":"*"}}}""", "USER:PASSWORD")]
    public void WhatCannotBeUsedIsTold(string file, string text) => Assert.Contains(text,
        Assert.Throws<RefusedException>(() => AuthFile.Look(ImageReference.Parse("registry.example/web:one"), "auth.json", Content(file))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void AnIdentityTokenNeedsNoPassword() => Assert.Equal("abc", AuthFile.Look(ImageReference.Parse("registry.example/web:one"), "auth.json",
        Content("""{"auths":{"registry.example":{"identitytoken":"abc"}}}"""))!.IdentityToken);

    [Theory]
    [InlineData("""realm="https://a/token",service="b c",scope="repository:x:pull,push" """, "https://a/token|b c|repository:x:pull,push")]
    [InlineData("""service=b, realm="https://a/token" """, "https://a/token|b|")]
    [InlineData("""realm="https://a/token""", "||")]
    [InlineData("""=,,==",""", "||")]
    [InlineData("", "||")]
    public void AChallengeIsReadAsFarAsItGoes(string text, string expected)
    {
        var found = AuthChallenge.Parse(text);
        Assert.Equal(expected, string.Join('|', ((string[])["realm", "service", "scope"]).Select(name => found.GetValueOrDefault(name))));
    }

    private static AuthFileContent Content(string text) => JsonSerializer.Deserialize(text, RegistryJson.Default.AuthFileContent)!;
}
