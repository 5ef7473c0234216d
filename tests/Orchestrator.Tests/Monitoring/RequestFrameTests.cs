using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Tests.Monitoring;

/// <summary>A request ends where it says, and what follows it is not lost.</summary>
public sealed class RequestFrameTests
{
    [Fact]
    public void WhatFollowsIsNotRead()
    {
        using var stream = new MemoryStream();
        Asker.WriteFrame(stream, "{}"u8);
        stream.WriteByte((byte)MonitorCue.Go);
        stream.Position = 0;
        Assert.Equal("{}"u8, Asker.ReadFrame(stream)!);
        Assert.Equal((int)MonitorCue.Go, stream.ReadByte());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    public void HalfOfOneIsNone(int length)
    {
        using var stream = new MemoryStream();
        Asker.WriteFrame(stream, "{}"u8);
        stream.SetLength(length);
        stream.Position = 0;
        Assert.Null(Asker.ReadFrame(stream));
    }
}
