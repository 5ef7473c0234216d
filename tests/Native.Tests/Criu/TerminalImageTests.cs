using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Tests.Criu;

/// <summary>Terminals in images: whom they control, and what stands for /dev/tty. The numbers are those of dumps by criu 4.2.1.</summary>
public class TerminalImageTests
{
    private const uint FirstSlave = 0x8800, Master = 0x502, Tty = 0x500, Devpts = 0x2e, Memory = 0x30;

    [Fact]
    public void ASessionIsAddedWhereItIsMissingAndNothingElseChanges()
    {
        var image = Terminals((0, 0, FirstSlave, Devpts), (2026, 3, FirstSlave + 1, Devpts), (2, 0, FirstSlave + 1, Devpts + 1));

        var mended = TerminalImage.WithSessions(image, "tty-info.img", [new TerminalSession(FirstSlave, Devpts, 7, 8), new(FirstSlave + 1, Devpts, 9, 9)])!;

        Assert.Equal([7u, 3, 0], TerminalImage.Parse(mended, "tty-info.img").Select(terminal => terminal.Session));
        Assert.Null(TerminalImage.WithSessions(mended, "tty-info.img", [new TerminalSession(FirstSlave, Devpts, 1, 1)]));
        // All but the two numbers at the end of the first.
        Assert.Equal(image.Length + 4, mended.Length);
    }

    [Fact]
    public void TtyIsTheTerminalOfItsSession()
    {
        var terminals = TerminalImage.Parse(
            Terminals((0, 4, FirstSlave, Devpts), (2026, 4, Tty, Memory), (2028, 5, FirstSlave + 1, 0x1a), (2030, 5, Tty, Memory)), "tty-info.img");
        var instead = TtyFiles.Find(terminals, out var unknown);
        Assert.Empty(unknown);
        Assert.Equal([(2026u, 0u), (2030u, 2028u)], instead.Select(one => (one.Key, one.Value.Id)).Order());

        var files = TtyFiles.WithTerminals(Files((1, 0, 71), (2, 2026, null), (3, 2028, null), (4, 2030, null)), "files.img", instead, out var given);

        // What has a name is opened by that; what is given from outside stays an entry of its own, and becomes that terminal.
        Assert.Equal([(0u, 71u), (0, 71), (2028, null), (2030, null)], TtysOf(files));
        Assert.Equal([2030u], given.Keys);
        var devices = TerminalImage.Parse(TerminalImage.WithDevices(Terminals((2030, 5, Tty, Memory)), "tty-info.img", given)!, "tty-info.img");
        Assert.Equal((FirstSlave + 1, 0x1au), (devices[0].Device, devices[0].Devpts));
    }

    [Fact]
    public void OfAPairTheMasterMayBeTheOnlyOneToTell()
    {
        var terminals = TerminalImage.Parse(Terminals((10, 0, FirstSlave + 5, Devpts), (11, 6, Master, Devpts), (2026, 6, Tty, Memory)), "tty-info.img");
        Assert.Equal(10u, TtyFiles.Find(terminals, out _)[2026].Id);
    }

    [Fact]
    public void WhatHasNoTerminalIsToldOf()
    {
        var terminals = TerminalImage.Parse(Terminals((2026, 0, Tty, Memory), (2028, 9, Tty, Memory), (11, 9, Master, Devpts)), "tty-info.img");
        Assert.Empty(TtyFiles.Find(terminals, out var unknown));
        Assert.Equal([0u, 9u], unknown);
    }

    [Fact]
    public void AnotherImageIsNone()
    {
        Assert.Throws<MalformedImageException>(() => TerminalImage.Parse(Files((1, 0, 71)), "files.img"));
        Assert.Throws<MalformedImageException>(() => TerminalImage.Parse(new ImageWriter(ImageMagic.TerminalSettings).Entry([]).Written, "tty-info.img"));
    }

    private static byte[] Terminals(params (uint Id, uint Session, uint Device, uint Devpts)[] all)
    {
        var image = new ImageWriter(ImageMagic.TerminalSettings);
        foreach (var (id, session, device, devpts) in all)
            image.Entry(new ProtobufWriter().Number(1, id).Number(2, 1).Number(6, session).Number(7, session).Number(8, device).Number(13, devpts));
        return image.Written.ToArray();
    }

    private static byte[] Files(params (uint Id, uint Terminal, uint? Name)[] all)
    {
        var image = new ImageWriter(ImageMagic.Files);
        foreach (var (id, terminal, name) in all)
        {
            var tty = new ProtobufWriter().Number(1, id).Number(2, terminal).Number(3, 2);
            image.Entry(new ProtobufWriter().Number(1, 11).Number(2, id).Message(19, name is { } number ? tty.Number(6, number) : tty));
        }

        return image.Written.ToArray();
    }

    private static List<(uint Terminal, uint? Name)> TtysOf(ReadOnlySpan<byte> image)
    {
        var found = new List<(uint, uint?)>();
        var entries = new ImageEntries(image, ImageMagic.Files, "files.img");
        while (entries.Next())
        {
            var entry = entries.Message;
            while (entry.Next())
            {
                if (entry.Field != 19)
                    continue;
                (uint Terminal, uint? Name) one = default;
                var tty = entry.AsMessage();
                while (tty.Next())
                    one = tty.Field switch { 2 => one with { Terminal = tty.AsUInt32() }, 6 => one with { Name = tty.AsUInt32() }, _ => one };
                found.Add(one);
            }
        }

        return found;
    }
}
