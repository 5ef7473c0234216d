namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>Which parts of Payload/payload.c run.</summary>
public enum PayloadMode
{
    /// <summary>None: only busybox's init and a sleeping process.</summary>
    None,

    /// <summary>A counter and the control port.</summary>
    Demo,

    /// <summary>Everything.</summary>
    Full,
}
