using LxcNative.Native.Criu;

namespace LxcNative.Native.Tests.Criu;

public sealed class InstallationTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lxcnative-find-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void CriuOfThisMachineIsFound()
    {
        var found = LiveCriu.Require();

        Assert.True(Path.IsPathRooted(found.CriuPath));
        Assert.True(found.CriuVersion >= new Version(3, 15));
        Assert.NotNull(found.LibCriuVersion);
    }

    [Fact]
    public void OptionComesBeforeTheEnvironment()
    {
        var (option, variable) = (Program("a"), Program("b"));

        Assert.Equal((option, CriuOrigin.Option), CriuLocator.FindProgram(Search(("OWN_CRIU", variable)) with { CriuPath = option }));
        Assert.Equal((variable, CriuOrigin.Environment), CriuLocator.FindProgram(Search(("OWN_CRIU", variable))));
    }

    [Fact]
    public void NewestInstalledVersionComesBeforePath()
    {
        Program("criu-4.2/bin/criu");
        var newest = Program("criu-4.10.1/bin/criu");
        Program("criu-4.9/bin/criu");
        _directory.CreateSubdirectory("criu-5.0");
        var path = ("PATH", Path.GetDirectoryName(Program("path/criu"))!);

        Assert.Equal((newest, CriuOrigin.Prefix), CriuLocator.FindProgram(Search(path)));
    }

    [Fact]
    public void PathIsTheLastPlace()
    {
        var program = Program("second/criu");
        var first = _directory.CreateSubdirectory("first");
        File.WriteAllText(Path.Combine(first.FullName, "criu"), "not executable");

        Assert.Equal((program, CriuOrigin.System), CriuLocator.FindProgram(Search(("PATH", $"relative:{first.FullName}:{Path.GetDirectoryName(program)}"))));
    }

    [Fact]
    public void EveryPlaceIsNamedWhenNoneHasCriu()
    {
        var failure = Assert.Throws<CriuNotFoundException>(() => CriuInstallation.Find(Search(("PATH", "/nowhere:/nonexistent"))));

        Assert.Equal(4, failure.Places.Count);
        Assert.Contains("OWN_CRIU", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{_directory.FullName}/criu-*/bin/criu", failure.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere /nonexistent", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Ask the administrator.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotSaidIsNotLookedAt()
    {
        Program("criu-4.2/bin/criu");
        var search = new CriuSearch { Variable = name => name == "PATH" ? "/nowhere" : throw new InvalidOperationException(name) };

        Assert.Equal(["the option: not given", "PATH: none in /nowhere"], Assert.Throws<CriuNotFoundException>(() => CriuLocator.FindProgram(search)).Places);
    }

    [Fact]
    public void NamedPlaceThatHasNoCriuIsNotPassedOver()
    {
        Program("criu-4.2/bin/criu");

        var failure = Assert.Throws<CriuNotFoundException>(() => CriuInstallation.Find(Search(("OWN_CRIU", "/nonexistent/criu"))));

        Assert.Contains("OWN_CRIU: /nonexistent/criu", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgramThatIsNoCriuIsRefused()
    {
        var failure = Assert.Throws<CriuNotFoundException>(() => CriuInstallation.Find(new CriuSearch { CriuPath = "/bin/ls" }));

        Assert.Contains("/bin/ls is not a usable criu", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LibraryOfTheSameBuildIsPreferred()
    {
        var program = Program("criu-4.2/bin/criu");
        var library = Program("criu-4.2/libcriu/libcriu.so.2");
        Program("criu-4.3/libcriu/libcriu.so.2");
        var variable = Program("own.so");

        Assert.Equal((library, CriuOrigin.Prefix), CriuLocator.FindLibrary(Search(), program));
        Assert.Equal((variable, CriuOrigin.Environment), CriuLocator.FindLibrary(Search(("OWN_LIBCRIU", variable)), program));
        Assert.Equal((variable, CriuOrigin.Option), CriuLocator.FindLibrary(Search() with { LibCriuPath = variable }, program));
    }

    [Fact]
    public void SystemsLibraryIsTheLastPlace() =>
        Assert.Equal((LibCriu.Soname, CriuOrigin.System), CriuLocator.FindLibrary(Search(), Program("bin/criu")));

    [Fact]
    public void ConfigurationFilesThatCriuReadsAreTold()
    {
        var home = Program(".criu/default.conf");
        var named = Program("named.conf");
        var search = Search(("HOME", _directory.FullName), ("CRIU_CONFIG_FILE", named));

        Assert.Equal([home, named], CriuInstallation.DefaultConfigFiles(search.Variable).Where(file => file != "/etc/criu/default.conf"));
    }

    private string Program(string name)
    {
        var path = Path.Combine(_directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    private CriuSearch Search(params (string Name, string Value)[] environment) => new()
    {
        ProgramVariable = "OWN_CRIU",
        LibraryVariable = "OWN_LIBCRIU",
        Prefix = _directory.FullName,
        Remedy = "Ask the administrator.",
        Variable = name => environment.FirstOrDefault(variable => variable.Name == name).Value,
    };
}
