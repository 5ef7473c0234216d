using LxcNative.Native.Criu.Images;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Parts.Owners;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Images that criu would restore wrong, mended in copies that only this thread's mount namespace shows: the checkpoint itself is never
/// changed.</summary>
/// <param name="imagesDirectory">Where the images are.</param>
/// <param name="place">Where the copies are put.</param>
/// <param name="owners">Whose they are to be.</param>
internal sealed class MendedImages(string imagesDirectory, string place, OwnersState owners)
{
    private int _copies;

    /// <summary>What criu is to read: the images' own directory, or a view of it where they belong to the container's root.</summary>
    public string Directory { get; } = owners.IsMapped ? Path.Combine(place, "shown") : imagesDirectory;

    /// <summary>Makes the place. The calling thread must have a private mount namespace.</summary>
    // The copies live in memory, on a file system that goes away with the namespace.
    public Step Begin => new("the place of mended images", () =>
    {
        PrivateDirectory.Create(place);
        Mount.MountFileSystem("tmpfs", "lxcnative", place, MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec, "mode=0700");
        if (owners.IsMapped)
            Show();
    });

    /// <summary>Puts something else over an image.</summary>
    /// <param name="name">The image; nothing is done where there is none.</param>
    /// <param name="content">What is read instead of it.</param>
    public void Replace(string name, byte[] content) => Mend(name, (_, copy) =>
    {
        File.WriteAllBytes(copy, content);
        return 1;
    });

    /// <summary>Puts a mended copy over an image, if there is something to mend.</summary>
    /// <param name="name">The image.</param>
    /// <param name="mend">Writes the copy, second, of the original, first; returns how much was mended.</param>
    public void Mend(string name, Func<string, string, int> mend)
    {
        var original = Path.Combine(Directory, name);
        // One for each time: what is mended again has the copy before over it, which is in use.
        var copy = Path.Combine(place, $"{++_copies}.{name}");
        if (!File.Exists(original) || mend(original, copy) == 0)
            return;
        if (owners.Root is { } root)
            FileOwner.Set(copy, root.User, root.Group);
        Mount.Bind(copy, original, recursive: false);
    }

    /// <summary>Puts a mended copy over an image, if there is something to mend.</summary>
    /// <param name="name">The image.</param>
    /// <param name="mend">Given the image and its path, what is read instead of it; null to leave it.</param>
    public void Rewrite(string name, Func<byte[], string, byte[]?> mend) => Mend(name, (original, copy) =>
    {
        if (mend(File.ReadAllBytes(original), original) is not { } mended)
            return 0;
        File.WriteAllBytes(copy, mended);
        return 1;
    });

    /// <summary>The same of the mounts of every mount namespace.</summary>
    /// <inheritdoc cref="Rewrite" path="/param[@name='mend']" />
    public void RewriteMounts(Func<byte[], string, byte[]?> mend)
    {
        foreach (var file in MountImage.Files(Directory))
            Rewrite(Path.GetFileName(file), mend);
    }

    private void Show()
    {
        PrivateDirectory.Create(Directory);
        using var view = OwnedView.Make(imagesDirectory, owners);
        DetachedMount.Attach(view, Directory);
    }
}
