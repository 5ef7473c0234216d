namespace LxcNative.Native.Criu;

/// <summary>How a criu was built, where no request over its socket tells.</summary>
internal static class CriuBuild
{
    // A message of the code that is compiled only with CONFIG_COMPAT (criu, arch/x86/sigaction_compat.c); `criu check --feature compat_cr`
    // says the same, but only to whoever executes it.
    private static ReadOnlySpan<byte> CompatMessage => "compat rt_sigaction without 32-bit stack"u8;

    /// <summary>Whether the program was built with support of 32-bit programs (the feature compat_cr).</summary>
    /// <param name="search">Where to look for criu.</param>
    /// <returns>False as well where criu is not found: that is another finding.</returns>
    /// <exception cref="IOException">The program cannot be read.</exception>
    public static bool HasCompat(CriuSearch search)
    {
        ArgumentNullException.ThrowIfNull(search);
        string path;
        try
        {
            path = CriuLocator.FindProgram(search).Path;
        }
        catch (CriuNotFoundException)
        {
            return false;
        }

        return HasCompat(File.ReadAllBytes(path));
    }

    internal static bool HasCompat(ReadOnlySpan<byte> program) => program.IndexOf(CompatMessage) >= 0;
}
