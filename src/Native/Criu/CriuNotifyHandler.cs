namespace LxcNative.Native.Criu;

/// <summary>Called while criu waits, on the thread that makes the call. To refuse, throw.</summary>
/// <remarks>Between network-lock and post-dump the container is frozen: what is done here is its downtime. A <see cref="Errors.LinuxException"/>
/// is answered with its errno, any other with ECANCELED; it comes back as the inner exception of the <see cref="CriuException"/>. In
/// network-unlock, pre-resume and post-resume criu cannot be refused: there the exception is reported as the result's LateFailure.</remarks>
public delegate void CriuNotifyHandler(CriuNotification notification);
