using CsCheck;
using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Tests.Criu;

public sealed class TimerfdRepairTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lxcnative-repair-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void ExpiredPeriodicTimersAreRepairedAndNothingElse()
    {
        var copy = Path.Combine(_directory.FullName, "files.img");

        Assert.Equal(2, TimerfdRepair.Repair(FixtureImages.Path("files.img"), copy));

        var before = FixtureImages.Bytes("files.img");
        var after = File.ReadAllBytes(copy);
        Assert.Equal(before.Length, after.Length);
        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).ToList();
        Assert.Equal(2, changed.Count);
        Assert.All(changed, i => Assert.Equal((0, 1), (before[i], after[i])));
        var timers = FilesImage.Read(copy).Timerfds;
        Assert.Equal([1ul, 1, 0, 59780710], timers.Select(timer => timer.ValueNanoseconds));
        Assert.Equal([5_000_000ul, 0, 0, 0], timers.Select(timer => timer.IntervalNanoseconds));
        Assert.Equal(["files.img"], _directory.EnumerateFiles().Select(file => file.Name));
    }

    [Fact]
    public void RepairInPlaceIsDoneOnce()
    {
        var image = Path.Combine(_directory.FullName, "files.img");
        File.Copy(FixtureImages.Path("files.img"), image);
        File.SetUnixFileMode(image, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Equal(2, TimerfdRepair.Repair(image, image));
        Assert.Equal(0, TimerfdRepair.Repair(image, image));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(image));
    }

    [Fact]
    public void MalformedImageLeavesTheDestinationAlone()
    {
        var image = Path.Combine(_directory.FullName, "files.img");
        var copy = Path.Combine(_directory.FullName, "copy.img");
        File.WriteAllBytes(image, FixtureImages.Bytes("files.img")[..^1]);
        File.WriteAllText(copy, "as it was");

        Assert.Throws<MalformedImageException>(() => TimerfdRepair.Repair(image, copy));

        Assert.Equal("as it was", File.ReadAllText(copy));
    }

    [Fact]
    public void ZeroInSeveralBytesIsRepairedInItsFirst()
    {
        // vnsec (field 8) as the overlong varint 80 00.
        byte[] timer = [0x08, 1, 0x20, 1, 0x28, 1, 0x38, 0, 0x40, 0x80, 0x00, 0x48, 0, 0x50, 7];
        var image = new ImageWriter(ImageMagic.Files).Entry(new ProtobufWriter().Number(1, 17).Number(2, 1).Bytes(12, timer)).Written.ToArray();

        Assert.Equal(1, TimerfdRepair.Repair(image.AsSpan(), "files.img"));

        Assert.Equal(1ul, FilesImage.Parse(image, "files.img").Timerfds[0].ValueNanoseconds);
    }

    [Fact]
    public void OnlyExpiredPeriodicTimersEverChange() =>
        Gen.Select(Gen.OneOf(Gen.Const(0ul), Gen.ULong), Gen.OneOf(Gen.Const(0ul), Gen.ULong), Gen.OneOf(Gen.Const(0ul), Gen.ULong),
            Gen.OneOf(Gen.Const(0ul), Gen.ULong), Gen.Byte.Array[0, 9])
            .Sample((seconds, nanoseconds, intervalSeconds, intervalNanoseconds, unknown) =>
            {
                var timer = new ProtobufWriter().Number(1, 9).Number(4, 1).Number(5, 3).Bytes(40, unknown)
                    .Number(10, intervalNanoseconds).Number(8, nanoseconds).Number(7, seconds).Number(9, intervalSeconds);
                var before = new ImageWriter(ImageMagic.Files)
                    .Entry(new ProtobufWriter().Number(1, 17).Bytes(41, unknown).Number(2, 9).Message(12, timer)).Written.ToArray();
                var after = before.ToArray();

                var repaired = TimerfdRepair.Repair(after.AsSpan(), "files.img");

                var isExpired = seconds == 0 && nanoseconds == 0 && (intervalSeconds != 0 || intervalNanoseconds != 0);
                var result = FilesImage.Parse(after, "files.img").Timerfds[0];
                return repaired == (isExpired ? 1 : 0)
                    && before.Zip(after).Count(pair => pair.First != pair.Second) == repaired
                    && result.ValueNanoseconds == (isExpired ? 1 : nanoseconds)
                    && (result.ValueSeconds, result.IntervalSeconds, result.IntervalNanoseconds) == (seconds, intervalSeconds, intervalNanoseconds);
            });
}
