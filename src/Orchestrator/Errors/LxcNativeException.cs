namespace LxcNative.Orchestrator.Errors;

/// <summary>What this library could not or would not do, in words for the person who asked: what, with what, why, and what to do.</summary>
/// <remarks>Below it, <see cref="RefusedException"/> says that nothing was touched, and <see cref="FailedException"/> in which state the container is.
/// Whatever else a call throws, except <see cref="OperationCanceledException"/>, nobody foresaw: it is a fault of the library.</remarks>
public abstract class LxcNativeException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What, with what, why, and what to do.</param>
    /// <param name="inner">What was behind it.</param>
    protected LxcNativeException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
