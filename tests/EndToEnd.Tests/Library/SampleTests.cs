using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Library;

/// <summary>A program that links the packed packages does what the command does.</summary>
public class SampleTests
{
    [Fact]
    public void TheSampleChecksAContainerInAndOutByThePackages()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var place = new TemporaryDirectory();
        // A package folder of the test's own: packages of one version, once taken into the user's folder, are never taken anew.
        var environment = new Dictionary<string, string?> { ["NUGET_PACKAGES"] = place["packages"], ["SkipPublicApi"] = null };
        Command.Run(Path.Combine(Repository.Root, "eng/pack"), [], environment: null, timeout: TimeSpan.FromMinutes(10)).OrThrow();
        var build = Command.Run("dotnet",
            ["build", Path.Combine(Repository.Root, "samples/LibraryUse"), "-o", place["sample"], "--artifacts-path", place["obj"], "-v", "quiet", "--nologo"],
            environment, timeout: TimeSpan.FromMinutes(10));
        Assert.True(build.Succeeded, build.ToString());
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        var status = payload.RequireGoingOn();

        var run = Command.Run("dotnet", [Path.Combine(place["sample"], "LibraryUse.dll"), $"{container.InitPid}", place["images"]], environment,
            timeout: TimeSpan.FromMinutes(2));

        Assert.True(run.Succeeded, run.ToString());
        Assert.Contains("stood still for", run.Output, StringComparison.Ordinal);
        container.Adopt(int.Parse(run.Output.Split("as process ")[1].Split('\n')[0].Trim()));
        payload.RequireGoingOn(status);
    }
}
