using LxcNative.Native.Criu;

namespace LxcNative.Native.Tests.Criu;

/// <summary>The criu of this machine, found once.</summary>
internal static class LiveCriu
{
    /// <summary>Where eng/setup puts it, and a place of the tests' own for what it answers.</summary>
    public static CriuSearch Search { get; } = new()
    {
        ProgramVariable = "LXCNATIVE_CRIU",
        LibraryVariable = "LXCNATIVE_LIBCRIU",
        Prefix = "/opt/lxcnative",
        RunDirectory = "/run/lxcnative-tests",
    };

    private static readonly Lazy<CriuInstallation> Found = new(() => CriuInstallation.Find(Search));

    /// <summary>The criu to test with; skips the test where there is none or it may not be used.</summary>
    public static CriuInstallation Require()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "dumping takes root");
        try
        {
            return Found.Value;
        }
        catch (CriuNotFoundException missing)
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }
}
