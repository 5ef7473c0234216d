using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Tests.Criu;

/// <summary>Which reader reads which of the images in Fixtures.</summary>
internal static class FixtureReaders
{
    public static ImageMagic KindOf(string name) => name switch
    {
        "inventory.img" => ImageMagic.Inventory,
        "mountpoints.img" => ImageMagic.Mounts,
        "pstree.img" => ImageMagic.ProcessTree,
        "netdev.img" => ImageMagic.NetDevices,
        "netns.img" => ImageMagic.NetNamespace,
        "files.img" => ImageMagic.Files,
        "core-1.img" or "core-2.img" => ImageMagic.Core,
        _ => ImageMagic.Statistics,
    };

    public static void Read(string name, ReadOnlySpan<byte> image) => _ = KindOf(name) switch
    {
        ImageMagic.Inventory => Inventory.Parse(image, name),
        ImageMagic.Mounts => MountImage.Parse(image, name),
        ImageMagic.ProcessTree => ProcessTreeImage.Parse(image, name),
        ImageMagic.NetDevices => NetDeviceImage.Parse(image, name),
        ImageMagic.NetNamespace => NetNamespaceImage.Parse(image, name),
        ImageMagic.Files => FilesImage.Parse(image, name),
        ImageMagic.Core => CoreImage.Parse(image, name),
        _ => (object)CriuStats.Parse(image, name),
    };

    public static bool EndsBetweenEntries(string name, ReadOnlySpan<byte> image)
    {
        try
        {
            var entries = new ImageEntries(image, KindOf(name), name);
            while (entries.Next())
            {
            }
            return true;
        }
        catch (MalformedImageException)
        {
            return false;
        }
    }
}
