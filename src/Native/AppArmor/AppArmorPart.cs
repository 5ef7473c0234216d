namespace LxcNative.Native.AppArmor;

/// <summary>One profile of an <see cref="AppArmorLabel"/>.</summary>
/// <param name="Namespace">The policy namespace below the reader's; null for the reader's own.</param>
/// <param name="Profile">The profile's name there; <c>A//B</c> for a child of A.</param>
internal readonly record struct AppArmorPart(string? Namespace, string Profile)
{
    /// <summary>The profile that permits everything.</summary>
    public const string Unconfined = "unconfined";

    /// <summary>The profile without a child: what the kernel was given, the child with it.</summary>
    public string Loaded => Profile.IndexOf("//", StringComparison.Ordinal) is > 0 and var end ? Profile[..end] : Profile;
}
