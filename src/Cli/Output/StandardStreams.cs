using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Terminals;

namespace LxcNative.Cli.Output;

/// <summary>Where everything that this command writes goes: <see cref="Console"/> is given writers that never fail, and never set a terminal up.</summary>
internal static class StandardStreams
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Standard output as it is: for what has escape codes of its own.</summary>
    public static TextWriter Raw { get; } = new StreamWriter(StandardStream.Output, Utf8) { AutoFlush = true };

    /// <summary>Standard error as it is: for what is written anew in one line, of numbers alone.</summary>
    public static TextWriter RawError { get; } = new StreamWriter(StandardStream.Error, Utf8) { AutoFlush = true };

    /// <summary>Takes both over; to be called first.</summary>
    public static void TakeOver()
    {
        StandardStream.Reserve();
        // A script gets a path as it is, a terminal what is printable of it.
        Console.SetOut(StandardStream.Output.IsTerminal ? new PrintableWriter(Raw) : Raw);
        Console.SetError(new PrintableWriter(RawError));
    }

    /// <summary>Says on standard error what standard output did not take. A reader that has gone (EPIPE) has what it wanted.</summary>
    public static void TellLoss()
    {
        if (StandardStream.Output.Failure is not (Errno.None or Errno.EPIPE) and var failure)
            ErrorOutput.Warn($"standard output could not be written ({failure}): what this command did is done, and what it had to tell is lost");
    }
}
