using LxcNative.Native.Criu;

namespace LxcNative.Native.Tests.Criu;

/// <summary>The criu of this machine, found once.</summary>
internal static class LiveCriu
{
    private static readonly Lazy<CriuInstallation> Found = new(() => CriuInstallation.Find());

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
