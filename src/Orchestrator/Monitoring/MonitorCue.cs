namespace LxcNative.Orchestrator.Monitoring;

/// <summary>What a monitor is told after it was asked, a byte each.</summary>
internal enum MonitorCue : byte
{
    /// <summary>The container is about to be let go: when it ends, it is to be brought back, whatever becomes of the asker.</summary>
    Go = (byte)'g',

    /// <summary>The container runs on.</summary>
    Cancel = (byte)'c',
}
