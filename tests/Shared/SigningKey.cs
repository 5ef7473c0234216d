namespace LxcNative.Testing;

/// <summary>Keys that checkpoints are signed with, made by openssl.</summary>
internal static class SigningKey
{
    /// <summary>Makes a key, and beside it PATH.pub, which verifies what it has signed.</summary>
    public static void Make(string path)
    {
        TestProgram.Run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path);
        TestProgram.Run("openssl", "ec", "-in", path, "-pubout", "-out", path + ".pub");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
