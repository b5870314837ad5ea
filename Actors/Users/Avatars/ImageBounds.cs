namespace WebChat.Actors.Users.Avatars;

/// <summary>How large a picture may be.</summary>
/// <param name="Field">The field of the contract that carries it.</param>
/// <param name="MaxBytes">As it comes in, before anything is taken out of it.</param>
/// <param name="MaxSide">Pixels of width, and of height.</param>
public sealed record ImageBounds(string Field, int MaxBytes, int MaxSide)
{
    /// <summary>The picture itself.</summary>
    public static ImageBounds Picture { get; } = new("image", 2 * 1_024 * 1_024, 2_048);

    /// <summary>What is shown of it to those who may not see it yet.</summary>
    public static ImageBounds Preview { get; } = new("preview", 4 * 1_024, 32);
}
